// Texts that wait for their time: listing, changing, taking back.
import { signal } from "@preact/signals";
import type { Message, TimeSuggested, User } from "../../wire";
import type { Asking } from "./asking";
import type { Changing } from "./changing";
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
  changing: Changing;
  talks: Talks;
  conversations: Conversations;
  composer: Composer;
  toast: Toast;
  ui: Ui;
  now(): number;
}

export function createSchedule(stores: Stores) {
  const { asking, changing, talks, conversations, composer, toast, ui, now } = stores;
  /** Taken back here, while that can still be undone. */
  const hidden = signal<ReadonlySet<number>>(new Set());
  function hide(id: number, on: boolean): void {
    const others = [...hidden.value].filter((one) => one !== id);
    hidden.value = new Set(on ? [...others, id] : others);
  }

  async function cancelNow(message: Message): Promise<void> {
    const { id } = message;
    const done = await changing.ask({ type: "message.cancel", message: id });
    hide(id, false);
    // It may have gone out by now, and have no place of its own to say it.
    if (!done) toast.say(changing.troubles.value.get(id) ?? "It was not canceled.");
  }

  return {
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
      changing.forgive(message.id);
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
      if (!(await changing.ask({ type: "message.edit", message: message.id, body, at }))) return;
      composer.endEdit(conversation);
      ui.status.value = "Saved";
      ui.focus.value = "composer";
    },

    /** The text stays as it was scheduled, and the draft comes back. */
    discard(conversation: number): void {
      const edit = composer.edit(conversation);
      if (!edit) return;
      changing.forgive(edit.message.id);
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
      const { id, body } = message;
      if (await changing.ask({ type: "message.edit", message: id, body, at: now() }))
        ui.status.value = "Sending";
    },

    async keep(message: Message): Promise<void> {
      if (await changing.ask({ type: "message.keep", message: message.id }))
        ui.status.value = "Kept";
    },

    cancel(message: Message): void {
      if (composer.edit(message.conversation)?.message.id === message.id)
        composer.endEdit(message.conversation);
      hide(message.id, true);
      changing.forgive(message.id);
      ui.focus.value = "composer";
      if ((message.scheduled_for ?? 0) - now() < TOO_NEAR_MS && !message.hold) {
        void cancelNow(message);
        ui.status.value = "Canceled";
        return;
      }
      toast.offer(
        "Scheduled text canceled",
        () => void cancelNow(message),
        () => hide(message.id, false),
      );
    },

    clear(): void {
      hidden.value = new Set();
    },
  };
}

export type Schedule = ReturnType<typeof createSchedule>;
