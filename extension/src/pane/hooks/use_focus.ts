import type { RefObject } from "preact";
import { useLayoutEffect } from "preact/hooks";
import { usePane } from "../context";
import type { Focus } from "../state/ui";

/** Takes the focus when it was asked to go to `place`, now or once this has been drawn. */
export function useFocus(place: Focus, element: RefObject<HTMLElement | null>): void {
  const { ui } = usePane();
  const wanted = ui.focus.value;
  // Before the next key comes: what is typed right behind "/" belongs in the search.
  useLayoutEffect(() => {
    if (wanted !== place || !element.current) return;
    const take = () => {
      element.current?.focus();
      if (document.activeElement === element.current) ui.focus.value = null;
    };
    take();
    // Nothing in a frame that is not shown yet can take it: the page focuses the frame once it is.
    window.addEventListener("focus", take);
    return () => window.removeEventListener("focus", take);
  });
}
