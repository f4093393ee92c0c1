import { signal } from "@preact/signals";
import type { Activity, Message } from "../../wire";
import { type Asking, Denied } from "./asking";
import { sendable } from "./composer";

/** What happened to the person whose feed is shown, latest first, and the note being written. */
export function createActivities(asking: Asking) {
  const person = signal<number | null>(null);
  const rows = signal<readonly Activity[]>([]);
  const state = signal<"loading" | "ready" | "error">("loading");
  const error = signal("");
  const next = signal("");
  const loadingMore = signal(false);
  /** By person: what is being written outlives the feed's closing. */
  const notes = signal<ReadonlyMap<number, string>>(new Map());
  const saving = signal(false);
  const noteError = signal("");
  let turn = 0;

  const words = (failed: unknown) =>
    failed instanceof Denied ? failed.message : "This did not work. Try again.";

  async function load(): Promise<void> {
    const of = person.value;
    if (of === null) return;
    turn += 1;
    const mine = turn;
    if (state.value === "error") state.value = "loading";
    try {
      const page = await asking.ask({ type: "activity.list", person: of });
      if (mine !== turn) return;
      rows.value = page.activities;
      next.value = page.next;
      state.value = "ready";
    } catch (failed) {
      // What is shown stays: only a feed that never came is an error.
      if (mine !== turn || state.value === "ready") return;
      error.value = words(failed);
      state.value = "error";
    }
  }

  return {
    person,
    rows,
    state,
    error,
    more: next,
    loadingMore,
    saving,
    noteError,
    load,

    open(of: number): void {
      if (person.value !== of) {
        rows.value = [];
        next.value = noteError.value = "";
        state.value = "loading";
      }
      person.value = of;
      void load();
    },

    close(): void {
      turn += 1;
      person.value = null;
    },

    async loadMore(): Promise<void> {
      const of = person.value;
      if (of === null || !next.value || loadingMore.value || state.value !== "ready") return;
      const mine = turn;
      loadingMore.value = true;
      try {
        const page = await asking.ask({ type: "activity.list", person: of, before: next.value });
        if (mine !== turn) return;
        const held = new Set(rows.value.map(({ id }) => id));
        rows.value = [...rows.value, ...page.activities.filter(({ id }) => !held.has(id))];
        next.value = page.next;
      } catch {
        // It is asked for again when one scrolls on.
      } finally {
        loadingMore.value = false;
      }
    },

    note: (of: number) => notes.value.get(of) ?? "",

    write(of: number, text: string): void {
      notes.value = new Map(notes.value).set(of, text);
      noteError.value = "";
    },

    /** True when it was written down; what was typed stays until then. */
    async addNote(of: number): Promise<boolean> {
      const typed = notes.value.get(of) ?? "";
      const body = sendable(typed);
      if (!body || saving.value) return false;
      saving.value = true;
      noteError.value = "";
      try {
        const { activity } = await asking.ask({ type: "note.add", person: of, body });
        if (notes.value.get(of) === typed) notes.value = new Map(notes.value).set(of, "");
        if (person.value === of && !rows.value.some(({ id }) => id === activity.id))
          rows.value = [activity, ...rows.value];
        return true;
      } catch (failed) {
        noteError.value = words(failed);
        return false;
      } finally {
        saving.value = false;
      }
    },

    /** A text was logged or was not: what happened says it too. */
    logged({ id, receipt }: Message): void {
      if (!rows.value.some(({ message }) => message === id)) return;
      rows.value = rows.value.map((row) => (row.message === id ? { ...row, receipt } : row));
    },

    /** Nothing of this person stays, nor what was being written about them. */
    forget(of: number): void {
      notes.value = new Map([...notes.value].filter(([id]) => id !== of));
      if (person.value !== of) return;
      turn += 1;
      person.value = null;
      rows.value = [];
      next.value = noteError.value = "";
    },

    clear(): void {
      turn += 1;
      person.value = null;
      rows.value = [];
      notes.value = new Map();
      next.value = noteError.value = "";
      state.value = "loading";
    },
  };
}

export type Activities = ReturnType<typeof createActivities>;
