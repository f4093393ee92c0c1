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
    element instanceof HTMLElement
      ? (chrome.dom.openOrClosedShadowRoot(element) as ShadowRoot | null)
      : null, // anything else throws
};

const MOST_ROOTS = 500;

/** The document's body and the shadow roots of its custom elements, a bounded number of them. */
export function rootsOf(document: Document, eyes: Eyes): ParentNode[] {
  const roots: ParentNode[] = [document.body];
  for (let next = 0; next < roots.length && roots.length < MOST_ROOTS; next++) {
    for (const element of roots[next]?.querySelectorAll("*") ?? []) {
      const inside = element.localName.includes("-") ? eyes.shadow(element) : null;
      if (inside) roots.push(inside);
      if (roots.length >= MOST_ROOTS) break;
    }
  }
  return roots;
}

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
