// From the composer to the outbox: now or at a time, and not before the files are uploaded.
import { type ReadonlySignal, signal } from "@preact/signals";
import { WAITING } from "../format/words";
import type { Attachments } from "./attachments";
import type { Composer } from "./composer";
import type { Outgoing } from "./outgoing";
import type { Ui } from "./ui";

interface Waiting {
  conversation: number;
  send_at: number | null;
}

interface Stores {
  composer: Composer;
  attachments: Attachments;
  outgoing: Outgoing;
  ui: Ui;
  online: ReadonlySignal<boolean>;
}

export function createSending(stores: Stores) {
  const { composer, attachments, outgoing, ui, online } = stores;
  /** Sent as far as the rep is concerned; goes when its files are there. */
  const waiting = signal<Waiting | null>(null);

  /** `send_at` in ms, null for now. */
  function send(conversation: number, send_at: number | null = null): void {
    waiting.value = null;
    const hindrance = attachments.hindrance(conversation);
    if (hindrance) {
      ui.status.value = hindrance;
      return;
    }
    if (attachments.uploading(conversation)) {
      waiting.value = { conversation, send_at };
      ui.status.value = "Uploading. The text goes out after that.";
      return;
    }
    const draft = composer.take(conversation, send_at);
    if (!draft) return;
    outgoing.send(conversation, draft);
    const sending = send_at === null ? "Sending" : "Scheduling";
    ui.status.value = online.value ? sending : WAITING;
    ui.atBottom.value = true;
  }

  return {
    waiting,
    send,

    /** The rep goes on writing or takes it back: what is half written must not go. */
    hold(conversation: number): void {
      if (waiting.value?.conversation === conversation) waiting.value = null;
    },

    /** A file has been uploaded, has failed or is gone. */
    settled(conversation: number): void {
      const held = waiting.value;
      if (held?.conversation !== conversation || attachments.uploading(conversation)) return;
      send(conversation, held.send_at);
    },

    clear(): void {
      waiting.value = null;
    },
  };
}
