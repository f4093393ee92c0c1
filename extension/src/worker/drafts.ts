// What the rep has begun to write, a draft per conversation.

import type { Disk } from "./disk";

export class Drafts {
  #bodies: Record<number, string> = {};
  #saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly disk: Disk,
    private readonly owner: () => string,
  ) {}

  async restore(): Promise<void> {
    this.#bodies = { ...(await this.disk.get("drafts"))?.[this.owner()] };
  }

  of(conversation: number): string {
    return this.#bodies[conversation] ?? "";
  }

  /** Resolves when it is on disk. An empty body deletes. */
  put(conversation: number, body: string): Promise<void> {
    const owner = this.owner();
    if (!owner) return this.#saving;
    if (body) this.#bodies[conversation] = body;
    else delete this.#bodies[conversation];
    const bodies = { ...this.#bodies };
    this.#saving = this.#saving.then(async () => {
      await this.disk.set("drafts", { ...(await this.disk.get("drafts")), [owner]: bodies });
    });
    return this.#saving;
  }
}
