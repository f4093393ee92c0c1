import { useLayoutEffect } from "preact/hooks";
import { usePane } from "../context";

/** While `open`, Escape calls `close` before it closes anything below. */
export function useLayer(open: boolean, close: () => void): void {
  const { ui } = usePane();
  // With its drawing, not after: an Escape right behind it would close what lies below, or the pane.
  useLayoutEffect(() => (open ? ui.push(close) : undefined), [open]);
}
