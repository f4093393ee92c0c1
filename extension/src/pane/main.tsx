import "./pane.css";
import { browserFiles } from "./files";
import { mount } from "./mount";
import { watchSight } from "./sight";
import { chromeTransport } from "./transport";

const root = document.getElementById("pane");
if (root) {
  mount(root, chromeTransport(location.hash.slice(1)), {
    now: Date.now,
    framed: window.top !== window,
    look: watchSight(document),
    remembered: remembered(),
    files: browserFiles,
  });
}

/** A browser that blocks third-party storage denies it to a frame in somebody else's page. */
function remembered(): Storage | null {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}
