import type { Parts } from "./parts";

/** Whether the rep has this conversation before their eyes: no notification is needed then. */
export async function inView(
  core: Pick<Parts, "pages" | "panes">,
  conversation: number,
): Promise<boolean> {
  for (const pane of core.panes.all()) {
    if (pane.conversation !== conversation) continue;
    if (!pane.windowed && !core.pages.of(pane.tab)?.paneOpen) continue;
    if (await isInFront(pane.tab)) return true;
  }
  return false;
}

async function isInFront(id: number): Promise<boolean> {
  try {
    const tab = await chrome.tabs.get(id);
    return tab.active && (await chrome.windows.get(tab.windowId)).focused;
  } catch {
    return false; // closed meanwhile
  }
}
