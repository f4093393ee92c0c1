import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Pane } from "./state/pane";

export const PaneContext = createContext<Pane | null>(null);

export function usePane(): Pane {
  const pane = useContext(PaneContext);
  if (!pane) throw new Error("usePane outside of a pane");
  return pane;
}
