import { countText } from "../lib/unread";

/** Shows the unread count on the toolbar icon. */
export function showBadge(unread: number): void {
  void chrome.action.setBadgeBackgroundColor({ color: "#d92d20" });
  void chrome.action.setBadgeTextColor({ color: "#ffffff" });
  void chrome.action.setBadgeText({ text: countText(unread) });
}
