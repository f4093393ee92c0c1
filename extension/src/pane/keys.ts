// The keys of the whole pane. Those of the list and the composer live with them.
import type { Pane } from "./state/pane";

/** For the dialog that `?` shows, in the order in which they are shown. */
export const KEYS: readonly (readonly [string, string])[] = [
  ["↑ ↓", "Move in the list, or from text to text"],
  ["Enter", "Open the conversation, or send the text"],
  ["Shift Enter", "New line in the text"],
  ["/", "Search; in an empty text, quick replies"],
  ["Alt Shift S", "Send later"],
  ["c", "Write a text"],
  ["Esc", "Close what is on top, then the pane"],
  ["?", "Show these keys"],
];

const single: Record<string, (pane: Pane) => void> = {
  "/": (pane) => {
    pane.ui.side.value = "list";
    pane.ui.focus.value = "search";
  },
  c: (pane) => {
    if (pane.talks.current.value === null) return;
    pane.ui.side.value = "talk";
    pane.ui.focus.value = "composer";
  },
  "?": (pane) => {
    pane.ui.keys.value = true;
  },
};

export function listenToKeys(pane: Pane, ends: AbortSignal): void {
  // A focus that waits for something to be drawn is not taken from who has gone on by then.
  for (const event of ["pointerdown", "input"]) {
    const goOn = () => {
      pane.ui.focus.value = null;
    };
    document.addEventListener(event, goOn, { capture: true, signal: ends });
  }
  document.addEventListener(
    "keydown",
    (event) => {
      // Escape and Enter also end what an input method is composing.
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === "Escape") {
        event.preventDefault();
        if (!pane.ui.closeTop()) pane.close();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || writing(event)) return;
      const act = pane.ui.keys.value ? undefined : single[event.key];
      if (!act) return;
      event.preventDefault();
      act(pane);
    },
    { signal: ends },
  );
}

function writing(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && target.matches("input, textarea, [contenteditable]");
}
