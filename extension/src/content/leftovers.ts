// What is left on the page of the record before. A single-page CRM changes its address first and
// draws the new record piece by piece: for a while the number beside the new name is the old one.

/** Two records may really have the same name or number: after so long what stands there is theirs. */
export const PATIENCE_MS = 10_000;

export class Leftovers {
  #key = "";
  #read = new WeakMap<Element, string>();
  #before: WeakMap<Element, string> | null = null;
  #until = 0;
  /** Whether the look that was begun last has met any. */
  met = false;

  /** A look at the record `key` begins; "" is a page without one, which ends nothing. */
  begin(key: string, now: number): void {
    this.met = false;
    if (now >= this.#until) this.#before = null;
    if (!key || key === this.#key) return;
    if (this.#key) [this.#before, this.#until] = [this.#read, now + PATIENCE_MS];
    this.#key = key;
    this.#read = new WeakMap();
  }

  /** Whether the same element said the same of the record before, and so nothing of this one. */
  isOld(at: Element, text: string): boolean {
    if (this.#before?.get(at) === text) {
      this.met = true;
      return true;
    }
    this.#read.set(at, text);
    return false;
  }
}
