// Where this client stands in the user's feed: events count up by one, none is missed or done twice.

import type { Disk } from "./disk";

export type Place = "next" | "repeat" | "gap";

export class Feed {
  /** The last seq that was applied; null asks the backend for no replay. */
  last: number | null = null;
  #stuckAt: number | null = null;

  constructor(
    private readonly disk: Disk,
    private readonly owner: () => string,
  ) {}

  async restore(): Promise<void> {
    const kept = await this.disk.get("seq");
    this.last = kept && kept.owner === this.owner() ? kept.last : null;
  }

  /** Moves on when `seq` is the next one. */
  step(seq: number): Place {
    if (this.last === null || seq > this.last + 1) return "gap";
    if (seq <= this.last) return "repeat";
    this.last = seq;
    this.#stuckAt = null;
    return "next";
  }

  /** After a gap: ask for what is missing; if that was asked for in vain, start afresh. */
  fell(): void {
    if (this.#stuckAt === this.last) this.last = null;
    this.#stuckAt = this.last;
  }

  adopt(seq: number): void {
    this.last = seq;
    this.#stuckAt = null;
  }

  /** Call when what the events changed has been stored: lost before that, they are replayed. */
  async keep(): Promise<void> {
    const owner = this.owner();
    if (owner && this.last !== null) await this.disk.set("seq", { owner, last: this.last });
  }
}
