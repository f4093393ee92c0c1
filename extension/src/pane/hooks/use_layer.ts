import { useEffect } from "preact/hooks";
import { usePane } from "../context";

/** While `open`, Escape calls `close` before it closes anything below. */
export function useLayer(open: boolean, close: () => void): void {
  const { ui } = usePane();
  useEffect(() => (open ? ui.push(close) : undefined), [open]);
}
