import { signal } from "@preact/signals";
import type { PaneToWorker } from "../../lib/messages";
import { MAX_BODY, type Message } from "../../wire";
import type { Attachments } from "./attachments";
import type { Draft } from "./outgoing";

const SAVE_PAUSE_MS = 300;

/** A scheduled text that is being changed: the draft waits below it, untouched. */
export interface Edit {
  message: Message;
  body: string;
  at: number; // ms
}

/** What is being written, per conversation. */
export function createComposer(
  post: (message: PaneToWorker) => void,
  attachments: Pick<Attachments, "take" | "of" | "hindrance">,
) {
  const texts = signal<ReadonlyMap<number, string>>(new Map());
  const edits = signal<ReadonlyMap<number, Edit>>(new Map());
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

  function putEdit(conversation: number, edit: Edit | null): void {
    const next = new Map(edits.value);
    if (edit) next.set(conversation, edit);
    else next.delete(conversation);
    edits.value = next;
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
      putEdit(conversation, null);
    },

    clear(): void {
      clearTimeout(timer);
      unsaved.clear();
      texts.value = new Map();
      edits.value = new Map();
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

    edit: (conversation: number) => edits.value.get(conversation),

    beginEdit(message: Message): void {
      const { conversation, body, scheduled_for } = message;
      putEdit(conversation, { message, body, at: scheduled_for ?? message.at });
    },

    changeEdit(conversation: number, to: Partial<Pick<Edit, "body" | "at">>): void {
      const edit = edits.value.get(conversation);
      if (edit) putEdit(conversation, { ...edit, ...to });
    },

    endEdit: (conversation: number) => putEdit(conversation, null),

    editReady(conversation: number): boolean {
      const edit = edits.value.get(conversation);
      if (!edit) return false;
      const body = sendable(edit.body);
      return (body !== "" || edit.message.media_count > 0) && !tooLong(body);
    },

    /** Whether there is something to send and nothing that keeps it from going. */
    ready(conversation: number): boolean {
      const body = sendable(text(conversation));
      const something = body !== "" || attachments.of(conversation).length > 0;
      return something && !tooLong(body) && !attachments.hindrance(conversation);
    },

    /** The text to send, or null. Empties the composer at once: a second press finds nothing. */
    take(conversation: number, send_at: number | null = null): Draft | null {
      const body = sendable(text(conversation));
      if (tooLong(body)) return null;
      const media = attachments.take(conversation);
      if (!body && !media.length) return null;
      put(conversation, "");
      unsaved.add(conversation);
      flush();
      return { body, send_at, media };
    },
  };
}

/** What the wire takes: no lone surrogates, no NUL, no blank ends that would be paid for. */
export function sendable(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, "").trim();
}

export const tooLong = (text: string) => text.length > MAX_BODY && [...text].length > MAX_BODY;

export type Composer = ReturnType<typeof createComposer>;
