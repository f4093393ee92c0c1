import { signal } from "@preact/signals";

const UNDO_MS = 6000;
const WORD_MS = 4000;

interface Shown {
  text: string;
  /** Otherwise it was only said. */
  undoable: boolean;
}

/** What was just done and can be undone for 6 s. One at a time: the next one settles the last. */
export function createToast() {
  const shown = signal<Shown | null>(null);
  let settle: (() => void) | null = null;
  let back: (() => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function end(how: (() => void) | null): void {
    clearTimeout(timer);
    settle = back = null;
    shown.value = null;
    how?.();
  }

  return {
    shown,
    /** `done` runs when undoing is over, `undone` if it was undone. */
    offer(text: string, done: () => void, undone: () => void): void {
      end(settle);
      settle = done;
      back = undone;
      shown.value = { text, undoable: true };
      timer = setTimeout(() => end(done), UNDO_MS);
    },
    undo: () => end(back),
    /** What was done and needs no undoing. */
    say(text: string): void {
      end(settle);
      shown.value = { text, undoable: false };
      timer = setTimeout(() => end(null), WORD_MS);
    },
    /** The pane closes: nothing can be undone any more. */
    settle: () => end(settle),
  };
}

export type Toast = ReturnType<typeof createToast>;
