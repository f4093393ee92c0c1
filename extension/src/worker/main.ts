// The service worker. Chrome ends it when it is idle and starts it for an event: every listener is
// there before the first turn ends, and waits for what the last life knew.

import { Core } from "./core";
import { openDisk } from "./disk";
import { openConversation, openFromToolbar, openSignIn } from "./open";
import { answerOptions } from "./options";
import { pushed, subscribe } from "./push";
import { makeSiteMenu, siteMenuClicked } from "./site_menu";
import { putIntoOpenTabs, registerAdded, takeOver } from "./sites";

declare const self: ServiceWorkerGlobalScope;

const BACKSTOP = "reconnect";
const core = new Core(openDisk());

async function wake(): Promise<void> {
  await core.restored;
  await core.connection.connect();
  await core.crmPages.refresh();
}

chrome.runtime.onConnect.addListener((port) => {
  if (port.name === "page") core.admitPage(port);
  else if (port.name === "pane") core.panes.admit(port);
  else port.disconnect();
});

chrome.runtime.onMessage.addListener((asked, sender, answer) => {
  // Content scripts send with this extension's id too, but from their page's origin.
  const isOurs = sender.id === chrome.runtime.id && sender.origin === self.location.origin;
  if (!isOurs || !sender.url?.startsWith(chrome.runtime.getURL("options.html"))) return false;
  void answerOptions(core, asked).then(answer);
  return true;
});

chrome.action.onClicked.addListener((tab) => {
  void core.restored.then(() => openFromToolbar(core, tab.id));
});

chrome.contextMenus.onClicked.addListener(({ menuItemId }, tab) =>
  siteMenuClicked(menuItemId, tab),
);

chrome.permissions.onAdded.addListener(({ origins = [] }) => {
  void registerAdded().then(() => putIntoOpenTabs(origins));
});
chrome.permissions.onRemoved.addListener(() => void registerAdded());

chrome.notifications.onClicked.addListener((id) => {
  void core.restored.then(() => {
    const conversation = core.notices.conversationOf(id);
    void chrome.notifications.clear(id);
    if (conversation !== null) void openConversation(core, conversation);
  });
});

chrome.tabs.onRemoved.addListener((tab) => {
  void core.restored.then(() => core.nonces.forget(tab));
});

chrome.alarms.onAlarm.addListener(({ name }) => {
  if (name === BACKSTOP) void wake();
});

chrome.runtime.onStartup.addListener(() => void wake());
chrome.runtime.onInstalled.addListener(({ reason }) => {
  void wake();
  makeSiteMenu();
  void takeOver();
  // Nothing works before one has signed in: say so where one can.
  if (reason === "install") openSignIn();
});
self.addEventListener("online", () => void wake());
self.addEventListener("push", (event) => {
  event.waitUntil(core.restored.then(() => pushed(core, event)));
});
self.addEventListener("pushsubscriptionchange", (event) => {
  (event as ExtendableEvent).waitUntil(core.restored.then(() => subscribe(core)));
});

// Timers end with the worker, alarms do not: one minute at most without a try to connect.
void chrome.alarms.get(BACKSTOP).then((alarm) => {
  if (!alarm) return chrome.alarms.create(BACKSTOP, { periodInMinutes: 0.5 });
});
void wake().then(() => core.pages.gather());
