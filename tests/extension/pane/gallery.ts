// The real pane on a page of its own, with a scenario in the worker's place: gallery.html?curly
import "../../../extension/src/pane/pane.css";
import { browserFiles } from "../../../extension/src/pane/files";
import { mount } from "../../../extension/src/pane/mount";
import { FakeWorker } from "./fake_worker";
import { NOW } from "./people";
import { SCENARIOS } from "./scenarios";

const params = new URLSearchParams(location.search);
const known = SCENARIOS[params.get("scenario") ?? "normal"];
const root = document.getElementById("pane");
if (!known || !root) throw new Error("no such scenario");
const worker = new FakeWorker(known);
// A worker that has not accepted the pane says nothing.
if (params.has("mute")) worker.tell = () => {};
mount(root, worker, {
  ...{ now: () => NOW, framed: params.has("framed"), remembered: null },
  ...{ files: browserFiles, look: () => (params.has("covered") ? "covered" : "clear") },
});
Object.assign(window, { worker, SCENARIOS });
