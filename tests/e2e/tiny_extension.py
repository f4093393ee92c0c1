"""An extension with one of each thing that the browser harness can do, and a page for it."""

import json
from pathlib import Path

from flask import Flask, request

from demo.browser.key import new_key

PIXEL = (
    "data:image/png;base64,"
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)

MANIFEST = {
    "manifest_version": 3,
    "name": "Tiny",
    "version": "1",
    "background": {"service_worker": "worker.js"},
    "permissions": ["activeTab", "notifications", "scripting", "storage"],
    "optional_host_permissions": ["https://*/*"],
    "action": {},
    "commands": {"greet": {"description": "Greet"}},
    "content_scripts": [{"matches": ["http://127.0.0.1/*"], "js": ["content.js"]}],
    "web_accessible_resources": [{"resources": ["pane.html"], "matches": ["<all_urls>"]}],
}

WORKER = """
const show = (id, title, message) =>
  chrome.notifications.create(id, { type: "basic", iconUrl: "PIXEL", title, message });
const remember = (key, value) => chrome.storage.session.set({ [key]: value });
chrome.action.setBadgeText({ text: "3" });
chrome.action.setBadgeBackgroundColor({ color: [221, 0, 0, 255] });
chrome.notifications.onClicked.addListener((id) => remember("clicked", id));
chrome.notifications.onClosed.addListener((id, byUser) => byUser && remember("closed", id));
chrome.commands.onCommand.addListener((name) => remember("command", name));
// On a busy machine one click in twenty is told to us before the page's process has heard that we
// may: "Cannot access contents of the page", and a moment later it works.
const reach = (tabId, tries) => chrome.scripting.executeScript({
  target: { tabId },
  func: () => { document.title = "reached by activeTab"; },
}).catch((error) => {
  if (tries === 1) throw error;
  setTimeout(() => reach(tabId, tries - 1), 50);
});
chrome.action.onClicked.addListener(({ id }) => reach(id, 20));
self.addEventListener("push", (event) => {
  event.waitUntil(show("push", "Push", event.data.text()));
});
""".replace("PIXEL", PIXEL)

CONTENT = """
const host = document.createElement("tiny-root");
const root = host.attachShadow({ mode: "closed" });
root.innerHTML = `
  <div style="margin-top: 2000px"></div>
  <button id="message">Message</button>
  <button disabled aria-description="No license">Call</button>
  <button id="help" aria-expanded="false">Help</button>
  <img src="PIXEL">`;
root.querySelector("#help").addEventListener("pointerenter", ({ target }) =>
  target.setAttribute("aria-expanded", "true"));
root.querySelector("#message").addEventListener("click", ({ isTrusted }) => {
  const frame = document.createElement("iframe");
  frame.src = chrome.runtime.getURL(`pane.html#trusted=${isTrusted}`);
  root.append(frame);
});
document.documentElement.append(host);
""".replace("PIXEL", PIXEL)

PANE = """<!doctype html><html lang="en"><title>Pane</title>
<input aria-label="Text"><button></button></html>"""

OPTIONS = """<!doctype html><html lang="en"><title>Options</title>
<button>Grant</button><output></output><script src="options.js"></script></html>"""

OPTIONS_SCRIPT = """
document.querySelector("button").addEventListener("click", async () => {
  const origins = ["https://crm.example.com/*"];
  const granted = await chrome.permissions.request({ origins });
  document.querySelector("output").textContent = `granted: ${granted}`;
});
"""


def write_extension(folder: Path) -> Path:
    folder.mkdir()
    (folder / "manifest.json").write_text(json.dumps({**MANIFEST, "key": new_key()}))
    (folder / "worker.js").write_text(WORKER)
    (folder / "content.js").write_text(CONTENT)
    (folder / "pane.html").write_text(PANE)
    (folder / "options.html").write_text(OPTIONS)
    (folder / "options.js").write_text(OPTIONS_SCRIPT)
    return folder


def record_pages() -> Flask:
    app = Flask(__name__)

    @app.get("/")
    def record() -> str:
        host = request.host.partition(":")[0]
        return (
            f'<!doctype html><html lang="en"><title>{host}</title><main><h1>Ada</h1></main></html>'
        )

    return app
