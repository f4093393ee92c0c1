import { signal } from "@preact/signals";
import type { PaneToWorker, Pending } from "../../lib/messages";
import type { Message } from "../../wire";

export type Draft = Pick<Pending, "body" | "send_at" | "media">;

/** Texts on their way: drawn at once, and replaced by the message that comes down with their ref. */
export function createOutgoing(post: (message: PaneToWorker) => void, now: () => number) {
  const told = signal<ReadonlyMap<number, readonly Pending[]>>(new Map());
  /** Sent by this pane; the worker has not spoken of them yet. */
  const unheard = signal<readonly Pending[]>([]);
  /** Deleted here: hidden while that can still be undone, and until the worker has dropped them. */
  const hidden = signal<ReadonlySet<string>>(new Set());

  function hear(refs: ReadonlySet<string>): void {
    if (unheard.value.some((p) => refs.has(p.ref)))
      unheard.value = unheard.value.filter((p) => !refs.has(p.ref));
  }

  function hand({ ref, conversation, body, send_at, media }: Pending): void {
    post({ kind: "send", ref, conversation, body, send_at, media });
  }

  return {
    /** What to draw below the messages, oldest first. */
    pending(conversation: number, messages: readonly Message[]): Pending[] {
      const arrived = new Set(messages.map((m) => m.ref).filter(Boolean));
      const known = told.value.get(conversation) ?? [];
      return [...known, ...unheard.value.filter((p) => p.conversation === conversation)].filter(
        (p) => !arrived.has(p.ref) && !hidden.value.has(p.ref),
      );
    },

    send(conversation: number, { body, send_at, media }: Draft): void {
      const ref = crypto.randomUUID();
      const pending: Pending = {
        ref,
        conversation,
        body,
        send_at,
        media,
        at: now(),
        state: "waiting",
        reason: "",
        text: "",
      };
      unheard.value = [...unheard.value, pending];
      hand(pending);
    },

    /** After a lost port. Each ref is one text however often it is sent. */
    sendAgain(): void {
      for (const pending of unheard.value) hand(pending);
    },

    told(conversation: number, pending: readonly Pending[]): void {
      told.value = new Map(told.value).set(conversation, pending);
      hear(new Set(pending.map((p) => p.ref)));
    },

    arrived(message: Message): void {
      if (message.ref) hear(new Set([message.ref]));
    },

    forget(conversation: number): void {
      told.value = new Map([...told.value].filter(([id]) => id !== conversation));
      unheard.value = unheard.value.filter((p) => p.conversation !== conversation);
    },

    clear(): void {
      told.value = new Map();
      unheard.value = [];
      hidden.value = new Set();
    },

    /** A refused text once more, as the same text. */
    tryAgain(pending: Pending): void {
      hand(pending);
    },

    hide(ref: string): void {
      hidden.value = new Set([...hidden.value, ref]);
    },

    show(ref: string): void {
      const next = new Set(hidden.value);
      next.delete(ref);
      hidden.value = next;
    },

    discard(ref: string): void {
      post({ kind: "discard", ref });
    },

    /** A send that the worker itself refused has no other way to be told of. */
    refused(ref: string, reason: string, text: string): boolean {
      const pending = unheard.value.find((p) => p.ref === ref);
      if (!pending) return false;
      unheard.value = unheard.value.map((p) =>
        p.ref === ref ? { ...p, state: "refused", reason, text } : p,
      );
      return true;
    },
  };
}

export type Outgoing = ReturnType<typeof createOutgoing>;
