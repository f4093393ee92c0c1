import { render } from "preact";
import { App } from "./components/App";
import { PaneContext } from "./context";
import { listenToKeys } from "./keys";
import { createPane, type Pane, type World } from "./state/pane";
import type { Transport } from "./transport";

/** Puts the pane into `root`; returns it. `dispose` on it ends everything but the drawing. */
export function mount(root: HTMLElement, transport: Transport, world: World): Pane {
  const pane = createPane(transport, world);
  listenToKeys(pane, pane.ends);
  render(
    <PaneContext.Provider value={pane}>
      <App />
    </PaneContext.Provider>,
    root,
  );
  return pane;
}
