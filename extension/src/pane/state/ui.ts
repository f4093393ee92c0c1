import { signal } from "@preact/signals";

/** Where the focus should go after the next drawing. */
export type Focus = "composer" | "list" | "search" | "header" | "suspicion" | "opportunity" | null;

/** What only the screen knows: what is on top, where the focus goes, what was put away. */
export function createUi(remembered: Storage | null) {
  const layers: (() => void)[] = [];
  const putAway = signal<ReadonlySet<string>>(read(remembered));

  return {
    /** Under 560 px only one of the two is seen. */
    side: signal<"list" | "talk">("list"),
    focus: signal<Focus>(null),
    keys: signal(false),
    /** The picture, by media id, that is shown large. */
    picture: signal<number | null>(null),
    /** For screen readers: texts that came in, and what became of those that went out. */
    heard: signal(""),
    status: signal(""),
    /** Whether the newest message is on the screen. */
    atBottom: signal(true),
    putAway,

    /** Something opened on top; Escape closes the last one. Returns how it says it closed itself. */
    push(close: () => void): () => void {
      layers.push(close);
      return () => {
        const at = layers.indexOf(close);
        if (at >= 0) layers.splice(at, 1);
      };
    },
    closeTop(): boolean {
      const close = layers.at(-1);
      close?.();
      return close !== undefined;
    },

    putAwayFor(key: string): void {
      putAway.value = new Set([...putAway.value, key]);
      remembered?.setItem(KEY, JSON.stringify([...putAway.value]));
    },
  };
}

const KEY = "put away";

function read(remembered: Storage | null): Set<string> {
  try {
    return new Set(JSON.parse(remembered?.getItem(KEY) ?? "[]") as string[]);
  } catch {
    return new Set();
  }
}

export type Ui = ReturnType<typeof createUi>;
