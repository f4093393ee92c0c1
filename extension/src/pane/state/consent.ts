import { signal } from "@preact/signals";
import type { Conversation } from "../../wire";
import { callName } from "../format/words";
import { type Asking, Denied } from "./asking";
import type { Conversations } from "./conversations";
import type { Toast } from "./toast";

interface Stores {
  conversations: Conversations;
  toast: Toast;
}

/** Whether a person may be texted, as far as a rep decides it: do-not-text by hand, and what a text
 * that read like a wish to stop has meant. */
export function createConsent(asking: Asking, { conversations, toast }: Stores) {
  /** The conversation whose do-not-text form is open. */
  const form = signal<number | null>(null);
  /** Suspicions that were answered here: by conversation, the text in question. */
  const answered = signal<ReadonlyMap<number, number>>(new Map());
  /** By conversation: why the last decision was not taken. */
  const errors = signal<ReadonlyMap<number, string>>(new Map());
  const busy = signal(false);

  function fail(conversation: number, failed: unknown): void {
    const text = failed instanceof Denied ? failed.message : "This did not work. Try again.";
    errors.value = new Map(errors.value).set(conversation, text);
  }

  function forgive(conversation: number): void {
    errors.value = new Map([...errors.value].filter(([id]) => id !== conversation));
  }

  async function restrict(one: Conversation, do_not_text: boolean, note = ""): Promise<boolean> {
    forgive(one.id);
    busy.value = true;
    try {
      const question = {
        type: "restriction.set",
        conversation: one.id,
        do_not_text,
        note,
      } as const;
      conversations.put([(await asking.ask(question)).conversation]);
      return true;
    } catch (failed) {
      fail(one.id, failed);
      return false;
    } finally {
      busy.value = false;
    }
  }

  function putAway(one: Conversation): () => void {
    const message = one.suspicion?.message ?? 0;
    answered.value = new Map(answered.value).set(one.id, message);
    return () => {
      answered.value = new Map([...answered.value].filter(([id]) => id !== one.id));
    };
  }

  async function answer(one: Conversation, opted_out: boolean): Promise<boolean> {
    const back = putAway(one);
    try {
      const message = one.suspicion?.message ?? null;
      const question = {
        type: "suspicion.answer",
        conversation: one.id,
        opted_out,
        message,
      } as const;
      const { conversation } = await asking.ask(question);
      conversations.put([conversation]);
      return opted_out || !conversation.suspicion; // a further text may ask anew
    } catch (failed) {
      back();
      fail(one.id, failed);
      return false;
    }
  }

  return {
    form,
    busy,
    error: (conversation: number) => errors.value.get(conversation) ?? "",

    /** The question that is still open, or null. */
    suspicion: (one: Conversation) =>
      one.suspicion && answered.value.get(one.id) !== one.suspicion.message ? one.suspicion : null,

    /** Nothing can be sent before the answer is given, so it can wait until undoing is over. */
    optedOut(one: Conversation): void {
      forgive(one.id);
      const back = putAway(one);
      toast.offer(
        `${callName(one.person)} is noted as opted out`,
        () => void answer(one, true),
        back,
      );
    },

    async keepTexting(one: Conversation): Promise<void> {
      forgive(one.id);
      if (await answer(one, false)) toast.say(`Noted: ${callName(one.person)} did not opt out`);
    },

    async stop(one: Conversation, note: string): Promise<void> {
      if (!(await restrict(one, true, note))) return;
      form.value = null;
      toast.offer(
        `${callName(one.person)} is set to do not text`,
        () => {},
        () => void restrict(one, false),
      );
    },

    async allow(one: Conversation): Promise<void> {
      if (await restrict(one, false)) toast.say(`Do not text is off for ${callName(one.person)}`);
    },

    forget(conversation: number): void {
      if (form.value === conversation) form.value = null;
      answered.value = new Map([...answered.value].filter(([id]) => id !== conversation));
      forgive(conversation);
    },

    clear(): void {
      form.value = null;
      answered.value = new Map();
      errors.value = new Map();
    },
  };
}

export type Consent = ReturnType<typeof createConsent>;
