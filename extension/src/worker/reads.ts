// What the rep has read and the backend has not been told of: on disk, so that what was read offline
// is not unread again when the worker, or the browser, has ended meanwhile.

import { type ConversationRead, VERSION } from "../wire";
import type { Disk } from "./disk";

export interface ReadsNeeds {
  disk: Disk;
  owner(): string;
  send(frame: ConversationRead): boolean;
}

export class Reads {
  #unsaid = new Map<number, number>(); // by conversation: the last message that was read
  #saving: Promise<void> = Promise.resolve();

  constructor(private readonly needs: ReadsNeeds) {}

  /** Loads the owner's; again after each sign-in. */
  async restore(): Promise<void> {
    const kept = (await this.needs.disk.get("reads"))?.[this.needs.owner()] ?? [];
    this.#unsaid = new Map(kept);
  }

  /** Says it now, or when there is a session again. */
  async add(conversation: number, upto: number): Promise<void> {
    if (this.#say(conversation, upto) || !this.needs.owner()) return;
    this.#unsaid.set(conversation, Math.max(upto, this.#unsaid.get(conversation) ?? 0));
    await this.#keep();
  }

  flush(): void {
    const before = this.#unsaid.size;
    for (const [conversation, upto] of [...this.#unsaid]) {
      if (this.#say(conversation, upto)) this.#unsaid.delete(conversation);
    }
    if (this.#unsaid.size < before) void this.#keep();
  }

  #say(conversation: number, upto: number): boolean {
    return this.needs.send({ type: "conversation.read", v: VERSION, conversation, upto });
  }

  #keep(): Promise<void> {
    const owner = this.needs.owner();
    const unsaid = [...this.#unsaid];
    this.#saving = this.#saving.then(async () => {
      const all = (await this.needs.disk.get("reads")) ?? {};
      await this.needs.disk.set("reads", { ...all, [owner]: unsaid });
    });
    return this.#saving;
  }
}
