/** How the readers look at a page. Given by the caller: not every DOM can tell what is visible. */
export interface Eyes {
  visible(element: Element): boolean;
  /** The shadow root of an element, closed ones included. */
  shadow(element: Element): ShadowRoot | null;
}

export const chromeEyes: Eyes = {
  // A CRM keeps the record before in its document, hidden: its numbers are another person's.
  visible: (element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
  shadow: (element) =>
    element.shadowRoot ?? // several times as fast, for those that are open
    (element instanceof HTMLElement
      ? (chrome.dom.openOrClosedShadowRoot(element) as ShadowRoot | null)
      : null), // anything else throws
};

/** Text on one line, at most `most` characters. */
export function textOf(element: Element | null | undefined, most: number): string {
  return (element?.textContent ?? "").replace(/\s+/g, " ").trim().slice(0, most);
}

/** The element around, out of a shadow root too. */
export function parentOf(element: Element): Element | null {
  if (element.parentElement) return element.parentElement;
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}

/** `closest` that leaves shadow roots. */
export function closestOf(element: Element, selector: string): Element | null {
  for (let at: Element | null = element; at; ) {
    const found: Element | null = at.closest(selector);
    if (found) return found;
    const root: Node = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return null;
}
