// The context menu of the toolbar icon: use Repline on this site, or not.

import { openSignIn } from "./open";
import { switchSite } from "./sites";

const USE = "use";
const OFF = "off";

/** Chrome keeps a menu until the extension is updated. */
export function makeSiteMenu(): void {
  chrome.contextMenus.removeAll(() => {
    const contexts: ["action"] = ["action"];
    chrome.contextMenus.create({ id: USE, title: "Use Repline on this site", contexts });
    chrome.contextMenus.create({ id: OFF, title: "Turn Repline off on this site", contexts });
  });
}

export function siteMenuClicked(item: string | number, tab: chrome.tabs.Tab | undefined): void {
  const url = URL.parse(tab?.url ?? "");
  if (!url || !/^https?:$/.test(url.protocol)) return;
  if (item === OFF) void switchSite(url.hostname, false);
  if (item !== USE) return;
  void switchSite(url.hostname, true);
  if (url.protocol !== "https:") return;
  // Chrome lets us ask only before anything else has been waited for. It does not ask the rep about
  // what they have granted before; where it will not ask, the settings can.
  chrome.permissions.request({ origins: [`${url.origin}/*`] }).catch(openSignIn);
}
