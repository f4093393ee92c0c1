import { signal } from "@preact/signals";
import type { PaneToWorker } from "../../lib/messages";
import { MAX_BODY } from "../../wire";

const SAVE_PAUSE_MS = 300;

/** What is being written, per conversation. */
export function createComposer(post: (message: PaneToWorker) => void) {
  const texts = signal<ReadonlyMap<number, string>>(new Map());
  const unsaved = new Set<number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const text = (conversation: number) => texts.value.get(conversation) ?? "";

  function put(conversation: number, body: string): void {
    texts.value = new Map(texts.value).set(conversation, body);
  }

  function flush(): void {
    clearTimeout(timer);
    for (const conversation of unsaved)
      post({ kind: "draft", conversation, body: text(conversation).slice(0, 2 * MAX_BODY) });
    unsaved.clear();
  }

  function write(conversation: number, body: string): void {
    put(conversation, body);
    unsaved.add(conversation);
    clearTimeout(timer);
    timer = setTimeout(flush, SAVE_PAUSE_MS);
  }

  return {
    texts,
    text,
    write,
    /** Save now: the pane closes, loses the focus, or turns to another conversation. */
    flush,

    /** Nothing of it stays, on disk neither. */
    forget(conversation: number): void {
      unsaved.delete(conversation);
      texts.value = new Map([...texts.value].filter(([id]) => id !== conversation));
    },

    clear(): void {
      clearTimeout(timer);
      unsaved.clear();
      texts.value = new Map();
    },

    /** The saved draft, unless something was written here since. */
    restore(conversation: number, draft: string): void {
      if (!texts.value.has(conversation)) put(conversation, draft);
    },

    /** Put a text back in front of what is there, so that neither is lost. */
    putBack(conversation: number, body: string): void {
      const held = text(conversation);
      write(conversation, held.trim() ? `${body}\n${held}` : body);
    },

    /** The text to send, or null. Empties the composer at once: a second press finds nothing. */
    take(conversation: number): string | null {
      const body = sendable(text(conversation));
      if (!body || tooLong(body)) return null;
      put(conversation, "");
      unsaved.add(conversation);
      flush();
      return body;
    },
  };
}

/** What the wire takes: no lone surrogates, no NUL, no blank ends that would be paid for. */
export function sendable(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, "").trim();
}

export const tooLong = (text: string) => text.length > MAX_BODY && [...text].length > MAX_BODY;

export type Composer = ReturnType<typeof createComposer>;
