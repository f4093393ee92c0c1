// Bringing a pane, a link or the sign-in page in front of the rep.

import type { Target } from "../lib/messages";
import type { Page } from "./pages";
import type { Pane } from "./panes";
import type { Parts } from "./parts";
import { webAddress } from "./person";

const WINDOW = { width: 760, height: 640 };

type Core = Pick<Parts, "account" | "nonces" | "pages" | "panes" | "paneSize">;

export function openSignIn(): void {
  const open = () => chrome.runtime.openOptionsPage();
  open().catch(() => {
    // There is no window yet, as while Chrome is starting: then as soon as there is one.
    chrome.windows.onCreated.addListener(function made() {
      chrome.windows.onCreated.removeListener(made);
      void open();
    });
  });
}

export async function openInPage(
  core: Pick<Parts, "nonces" | "pages" | "panes" | "paneSize">,
  page: Page,
  target: Target,
): Promise<void> {
  const nonce = await core.nonces.forTab(page.tab);
  await core.panes.aim(nonce, core.panes.of(page.tab), target);
  page.paneOpen = true;
  page.shows = null; // until the pane says so
  // Relative: only the page's own side knows the pane's address, which changes with each session.
  core.pages.post(page, { kind: "open_pane", url: `pane.html#${nonce}`, ...core.paneSize.now });
}

/** Loads the pane where the rep is about to open it. It is accepted as always, and shows nothing
 * before the page is told to. */
export async function prepareInPage(
  core: Pick<Parts, "nonces" | "pages" | "paneSize">,
  page: Page,
): Promise<void> {
  const nonce = await core.nonces.forTab(page.tab);
  core.pages.post(page, { kind: "prepare_pane", url: `pane.html#${nonce}`, ...core.paneSize.now });
}

export async function openInWindow(
  core: Pick<Parts, "nonces" | "panes">,
  target: Target,
): Promise<void> {
  const open = core.panes.all().find((pane) => pane.windowed);
  if (open) {
    core.panes.post(open, { kind: "target", target });
    await bringForward(open.tab);
    return;
  }
  const nonce = await core.nonces.forWindow();
  await core.panes.aim(nonce, null, target);
  const url = chrome.runtime.getURL(`pane.html?window=1#${nonce}`);
  await chrome.windows.create({ url, type: "popup", ...WINDOW });
}

/** The rep has dragged the pane's corner: the pane says so, and the page draws its frame. */
export function resize(
  core: Pick<Parts, "pages" | "paneSize">,
  tab: number,
  width: number,
  height: number,
): void {
  core.paneSize.put(width, height);
  const page = core.pages.of(tab);
  if (page) core.pages.post(page, { kind: "resize_pane", ...core.paneSize.now });
}

/** A notification was clicked: the CRM tab that the rep was in last, or a window. */
export async function openConversation(core: Core, conversation: number): Promise<void> {
  const target: Target = { kind: "conversation", conversation };
  await core.pages.gather();
  const page = await core.pages.latest();
  if (!page) return openInWindow(core, target);
  await bringForward(page.tab);
  await openInPage(core, page, target);
}

/** The toolbar icon was clicked on this tab. */
export async function openFromToolbar(core: Core, tab: number | undefined): Promise<void> {
  if (!core.account.identity) return openSignIn();
  if (!core.pages.of(tab)) await core.pages.gather();
  const page = core.pages.of(tab);
  if (page) {
    core.pages.post(page, { kind: "ask" });
    await openInPage(core, page, { kind: "list" });
  } else await openInWindow(core, { kind: "list" });
}

/** A press in the pane was refused, as something covers it. */
export function raise(core: Pick<Parts, "pages">, pane: Pane): void {
  const page = pane.windowed ? null : core.pages.of(pane.tab);
  if (page?.paneOpen) core.pages.post(page, { kind: "raise_pane" });
}

export async function closePane(core: Pick<Parts, "pages">, pane: Pane): Promise<void> {
  if (pane.windowed) return void chrome.tabs.remove(pane.tab);
  const page = core.pages.of(pane.tab);
  if (!page) return;
  page.paneOpen = false;
  core.pages.post(page, { kind: "close_pane" });
}

/** Opens a person's or account's page: in the CRM tab when it is of that CRM, else in a new tab. */
export async function follow(
  core: Pick<Parts, "pages">,
  pane: Pane,
  address: string,
): Promise<void> {
  const url = webAddress(address);
  if (!url) return;
  const page = pane.windowed ? await core.pages.latest() : core.pages.of(pane.tab);
  if (!page || page.port.sender?.origin !== new URL(url).origin) {
    await chrome.tabs.create({ url });
    return;
  }
  if (page.facts?.url !== url) await chrome.tabs.update(page.tab, { url });
  if (pane.windowed) await bringForward(page.tab);
}

/** A link in a text: anybody may have written it, so it never takes the place of the CRM's page.
 * A tab that an extension makes has no opener and is told no referrer. */
export function openLink(address: string): void {
  const url = webAddress(address);
  if (url) void chrome.tabs.create({ url });
}

async function bringForward(tab: number): Promise<void> {
  const { windowId } = await chrome.tabs
    .update(tab, { active: true })
    .then((found) => found ?? chrome.tabs.get(tab));
  await chrome.windows.update(windowId, { focused: true });
}
