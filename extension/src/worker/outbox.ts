// Texts on their way to the backend. Each is on disk before it is on the wire and leaves the disk
// when the backend has it; until then it is sent again on every connection. The backend knows the
// ref and keeps it one text.

import type { Pending } from "../lib/messages";
import type { FrameRefused, MessageSend } from "../wire";
import { VERSION } from "../wire";
import type { Disk } from "./disk";

type Draft = Pick<Pending, "ref" | "conversation" | "body" | "send_at" | "media">;

export interface OutboxNeeds {
  disk: Disk;
  owner(): string;
  send(frame: MessageSend): boolean;
  changed(conversation: number, pending: Pending[]): void;
}

export class Outbox {
  #texts: Pending[] = [];
  /** As they are on disk: what the panes are told of, for they let go of what they are told of. */
  #kept: Pending[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly needs: OutboxNeeds) {}

  /** Loads the owner's texts; again after each sign-in. */
  async restore(): Promise<void> {
    const all = (await this.needs.disk.get("pending")) ?? {};
    this.#kept = this.#texts = all[this.needs.owner()] ?? [];
  }

  of(conversation: number): Pending[] {
    return this.#kept.filter((text) => text.conversation === conversation);
  }

  /** A press of Send, or of Try again on a refused one: the same ref is the same text. */
  async add(draft: Draft): Promise<void> {
    const held = this.#texts.find((text) => text.ref === draft.ref);
    if (held?.state === "waiting") return;
    const text: Pending = held
      ? { ...held, state: "waiting", reason: "", text: "" }
      : { ...draft, at: Date.now(), state: "waiting", reason: "", text: "" };
    this.#texts = [...this.#texts.filter((one) => one !== held), text];
    await this.#keep(text.conversation);
    this.#send(text);
  }

  /** The person was erased: nothing is sent to them any more. */
  async forget(conversation: number): Promise<void> {
    this.#texts = this.#texts.filter((text) => text.conversation !== conversation);
    await this.#keep(conversation);
  }

  /** Sends all that wait, in the order in which they were written. */
  flush(): void {
    for (const text of this.#texts) if (text.state === "waiting") this.#send(text);
  }

  /** The backend has it, or the rep does not want it any more. */
  async remove(ref: string): Promise<void> {
    const text = this.#texts.find((one) => one.ref === ref);
    if (!text) return;
    this.#texts = this.#texts.filter((one) => one !== text);
    await this.#keep(text.conversation);
  }

  /** True when the refusal was about a text of this outbox. */
  refuse(frame: FrameRefused): boolean {
    const text = this.#texts.find((one) => one.ref === frame.request);
    if (!text) return false;
    const refused: Pending = {
      ...text,
      state: "refused",
      reason: frame.blocked?.reason ?? frame.reason,
      text: frame.blocked?.text || frame.text,
    };
    this.#texts = this.#texts.map((one) => (one === text ? refused : one));
    void this.#keep(text.conversation);
    return true;
  }

  #send({ ref, conversation, body, send_at, media }: Pending): void {
    if (!this.#texts.some((one) => one.ref === ref && one.state === "waiting")) return;
    this.needs.send({
      ...{ type: "message.send", v: VERSION, ref, conversation, body },
      // Texts from before an update of the extension are on disk without these.
      at: send_at ?? null,
      media: (media ?? []).map(({ id }) => id),
    });
  }

  async #keep(conversation: number): Promise<void> {
    const owner = this.needs.owner();
    const texts = this.#texts;
    this.#saving = this.#saving.then(async () => {
      const all = (await this.needs.disk.get("pending")) ?? {};
      await this.needs.disk.set("pending", { ...all, [owner]: texts });
      if (owner !== this.needs.owner()) return;
      this.#kept = texts;
      this.needs.changed(conversation, this.of(conversation));
    });
    await this.#saving;
  }
}
