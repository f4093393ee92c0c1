// What the backend has said of the session: numbers, unread texts, prices, why nothing may be sent.

import { type Knowledge, warm } from "./warm";

const NOTHING: Knowledge = { numbers: [], unread: 0, blocked: null, prices: null };

export class Known {
  all: Knowledge = NOTHING;

  constructor(private readonly changed: () => void) {}

  async restore(): Promise<void> {
    this.all = (await warm.get("ready")) ?? NOTHING;
  }

  put(changed: Partial<Knowledge>): void {
    this.all = { ...this.all, ...changed };
    void warm.set({ ready: this.all });
    this.changed();
  }

  setUnread(unread: number): void {
    if (unread !== this.all.unread) this.put({ unread });
  }

  /** Whoever signs in next may be somebody else. */
  async clear(): Promise<void> {
    this.all = NOTHING;
    await warm.drop("ready");
  }
}
