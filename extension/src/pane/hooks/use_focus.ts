import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { usePane } from "../context";
import type { Focus } from "../state/ui";

/** Takes the focus when it was asked to go to `place`, now or once this has been drawn. */
export function useFocus(place: Focus, element: RefObject<HTMLElement | null>): void {
  const { ui } = usePane();
  const wanted = ui.focus.value;
  useEffect(() => {
    if (wanted !== place || !element.current) return;
    element.current.focus();
    ui.focus.value = null;
  });
}
