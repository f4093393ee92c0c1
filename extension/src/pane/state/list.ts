import { computed, signal } from "@preact/signals";
import type { PaneToWorker, WorkerToPane } from "../../lib/messages";
import type { Conversation } from "../../wire";
import type { Conversations } from "./conversations";

const SEARCH_PAUSE_MS = 150;
const SEARCH_MAX = 100;

type Page = Extract<WorkerToPane, { kind: "page" }>;
type Refused = Extract<WorkerToPane, { kind: "refused" }>;

/** The list: which conversations, in what order, and what is being looked for. */
export function createList(post: (message: PaneToWorker) => void, conversations: Conversations) {
  const ids = signal<ReadonlySet<number>>(new Set());
  const typed = signal("");
  const answered = signal(""); // the search that `rows` answers
  const state = signal<"loading" | "ready" | "error">("loading");
  const error = signal("");
  const next = signal("");
  let first = ""; // the request that fills the list
  let further = ""; // the request for the page below it
  let replace = true;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const rows = computed(() =>
    [...ids.value]
      .map((id) => conversations.all.value.get(id))
      .filter((c): c is Conversation => c !== undefined)
      .sort((a, b) => b.last_at - a.last_at || b.id - a.id),
  );

  function ask(before: string): string {
    const request = crypto.randomUUID();
    post({ kind: "list", request, folder: "inbox", search: search(), before });
    return request;
  }

  const search = () => typed.value.trim().slice(0, SEARCH_MAX);

  /** Ask for the top; what is shown stays until the answer. `fresh` also drops the pages below. */
  function load(fresh = true): void {
    clearTimeout(timer);
    if (state.value !== "ready" || search() !== answered.value) state.value = "loading";
    replace = fresh;
    further = "";
    first = ask("");
  }

  /** Of the pages below, keep what the new top does not reach down to. */
  function below(page: Page): number[] {
    const last = page.conversations.at(-1);
    if (replace || page.search !== answered.value || !last || !page.next) return [];
    return rows.value.filter((c) => c.last_at < last.last_at).map((c) => c.id);
  }

  return {
    rows,
    typed,
    answered,
    state,
    error,
    more: computed(() => next.value !== ""),
    load,

    setSearch(text: string): void {
      typed.value = text;
      clearTimeout(timer);
      timer = setTimeout(() => load(), SEARCH_PAUSE_MS);
    },

    loadMore(): void {
      if (!next.value || further || state.value !== "ready") return;
      further = ask(next.value);
    },

    page(page: Page): void {
      if (page.request !== first && page.request !== further) return;
      conversations.put(page.conversations);
      const told = page.conversations.map((c) => c.id);
      if (page.request === further) {
        ids.value = new Set([...ids.value, ...told]);
        next.value = page.next;
        if (!page.cached) further = "";
        return;
      }
      const kept = below(page);
      ids.value = new Set([...told, ...kept]);
      if (!kept.length) next.value = page.next;
      answered.value = page.search;
      // A worker that has just woken knows nothing yet: an empty memory is no empty inbox.
      if (!page.cached || told.length) state.value = "ready";
    },

    /** Something happened in a conversation: it belongs in the list unless one is searching. */
    put(conversation: Conversation): void {
      conversations.put([conversation]);
      if (answered.value || search()) return;
      if (!ids.value.has(conversation.id)) ids.value = new Set([...ids.value, conversation.id]);
    },

    forget(conversation: number): void {
      ids.value = new Set([...ids.value].filter((id) => id !== conversation));
    },

    clear(): void {
      clearTimeout(timer);
      first = further = next.value = typed.value = answered.value = "";
      ids.value = new Set();
      state.value = "loading";
    },

    refused(message: Refused): boolean {
      if (message.request !== first && message.request !== further) return false;
      if (message.request === further) further = "";
      else if (state.value === "loading") {
        state.value = "error";
        error.value = message.text;
      }
      return true;
    },
  };
}

export type List = ReturnType<typeof createList>;
