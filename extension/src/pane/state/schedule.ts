// Texts that wait for their time: listing, changing, taking back.
import { signal } from "@preact/signals";
import type { Message, TimeSuggested, User } from "../../wire";
import { type Asking, Denied } from "./asking";
import { type Composer, sendable } from "./composer";
import type { Conversations } from "./conversations";
import type { Talks } from "./talks";
import type { Toast } from "./toast";
import type { Ui } from "./ui";

/** So near to its time a text is taken back at once: one that went out while taking it back could
 * still be undone would have been sent against the rep's word. */
const TOO_NEAR_MS = 60_000;

interface Stores {
  asking: Pick<Asking, "ask">;
  talks: Talks;
  conversations: Conversations;
  composer: Composer;
  toast: Toast;
  ui: Ui;
  now(): number;
}

type Asked = { type: "message.edit" | "message.cancel" | "message.keep" };

export function createSchedule(stores: Stores) {
  const { asking, talks, conversations, composer, toast, ui, now } = stores;
  /** Taken back here, while that can still be undone. */
  const hidden = signal<ReadonlySet<number>>(new Set());
  /** Being asked about. */
  const busy = signal<ReadonlySet<number>>(new Set());
  /** What went wrong, by message. */
  const troubles = signal<ReadonlyMap<number, string>>(new Map());

  function mark(set: typeof hidden | typeof busy, id: number, on: boolean): void {
    const next = new Set(set.value);
    if (on) next.add(id);
    else next.delete(id);
    set.value = next;
  }

  function trouble(id: number, text: string): void {
    const next = new Map(troubles.value);
    if (text) next.set(id, text);
    else next.delete(id);
    troubles.value = next;
    if (text) ui.status.value = text;
  }

  /** True when the backend has done it. */
  async function ask(
    message: Message,
    question: Asked & Partial<{ body: string; at: number }>,
  ): Promise<boolean> {
    const { id } = message;
    if (busy.value.has(id)) return false;
    mark(busy, id, true);
    trouble(id, "");
    try {
      const saved = await asking.ask({ ...question, message: id } as Parameters<Asking["ask"]>[0]);
      if (saved.type === "message.saved") talks.put(saved.message);
      return true;
    } catch (failure) {
      trouble(id, failure instanceof Denied ? failure.message : "That did not work. Try again.");
      return false;
    } finally {
      mark(busy, id, false);
    }
  }

  async function cancelNow(message: Message): Promise<void> {
    const done = await ask(message, { type: "message.cancel" });
    mark(hidden, message.id, false);
    // It may have gone out by now, and have no place of its own to say it.
    if (!done) toast.say(troubles.value.get(message.id) ?? "It was not canceled.");
  }

  return {
    busy,
    troubles,

    /** Those of a conversation that are shown below the log, the next one first. */
    waiting(conversation: number): Message[] {
      const all = talks.held(conversation)?.messages ?? [];
      return all
        .filter((m) => m.status === "scheduled" && !hidden.value.has(m.id))
        .sort((a, b) => (a.scheduled_for ?? 0) - (b.scheduled_for ?? 0) || a.id - b.id);
    },

    /** Only who wrote it, or an admin, may change it; `user` is who is signed in. */
    mine: ({ author_id }: Message, user: User | null) =>
      author_id === null || author_id === user?.id || user?.role === "admin",

    /** How many more there are, further up than what is loaded. */
    unseen(conversation: number): number {
      const all = talks.held(conversation)?.messages ?? [];
      const held = all.filter((m) => m.status === "scheduled").length;
      return Math.max(0, (conversations.get(conversation)?.scheduled ?? 0) - held);
    },

    suggest: (conversation: number): Promise<TimeSuggested> =>
      asking.ask({ type: "time.suggest", conversation }),

    edit(message: Message): void {
      trouble(message.id, "");
      composer.beginEdit(message);
      ui.focus.value = "composer";
    },

    /** Saves what is in the composer's edit mode; it stays there when the backend says no. */
    async save(conversation: number): Promise<void> {
      const edit = composer.edit(conversation);
      if (!edit) return;
      const { message, at } = edit;
      if (!composer.editReady(conversation)) return;
      const body = sendable(edit.body);
      if (!(await ask(message, { type: "message.edit", body, at }))) return;
      composer.endEdit(conversation);
      ui.status.value = "Saved";
      ui.focus.value = "composer";
    },

    /** The text stays as it was scheduled, and the draft comes back. */
    discard(conversation: number): void {
      const edit = composer.edit(conversation);
      if (!edit) return;
      trouble(edit.message.id, "");
      composer.endEdit(conversation);
      ui.focus.value = "composer";
      if (edit.body === edit.message.body) return;
      toast.offer(
        "Changes discarded",
        () => {},
        () => {
          composer.beginEdit(edit.message);
          composer.changeEdit(conversation, edit);
        },
      );
    },

    async sendNow(message: Message): Promise<void> {
      if (await ask(message, { type: "message.edit", body: message.body, at: now() }))
        ui.status.value = "Sending";
    },

    async keep(message: Message): Promise<void> {
      if (await ask(message, { type: "message.keep" })) ui.status.value = "Kept";
    },

    cancel(message: Message): void {
      if (composer.edit(message.conversation)?.message.id === message.id)
        composer.endEdit(message.conversation);
      mark(hidden, message.id, true);
      trouble(message.id, "");
      ui.focus.value = "composer";
      if ((message.scheduled_for ?? 0) - now() < TOO_NEAR_MS && !message.hold) {
        void cancelNow(message);
        ui.status.value = "Canceled";
        return;
      }
      toast.offer(
        "Scheduled text canceled",
        () => void cancelNow(message),
        () => mark(hidden, message.id, false),
      );
    },

    clear(): void {
      hidden.value = new Set();
      busy.value = new Set();
      troubles.value = new Map();
    },
  };
}

export type Schedule = ReturnType<typeof createSchedule>;
