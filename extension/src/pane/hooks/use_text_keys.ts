import type { RefObject } from "preact";
import { useState } from "preact/hooks";

const BUTTON = ".of-text .menu-place > button";

/** The menus of the texts, by message: Tab reaches one of them, the last one at first; arrows go on
 * to the others. */
export function useTextKeys(content: RefObject<HTMLElement | null>, texts: readonly number[]) {
  const [at, setAt] = useState<number | null>(null);
  const tabbed = at !== null && texts.includes(at) ? at : texts.at(-1);

  function onKeyDown(event: KeyboardEvent): void {
    const button = event.target as HTMLElement;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (!step || !button.matches(BUTTON) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const all = [...(content.current?.querySelectorAll<HTMLElement>(BUTTON) ?? [])];
    all[all.indexOf(button) + step]?.focus();
  }

  function onFocusIn({ target }: FocusEvent): void {
    const text = (target as HTMLElement)
      .closest<HTMLElement>(".of-text")
      ?.closest("[data-message]");
    if (text) setAt(Number(text.getAttribute("data-message")));
  }

  return { tabbed, keys: { onKeyDown, onFocusIn } };
}
