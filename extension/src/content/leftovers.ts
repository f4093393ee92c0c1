// What is left on the page of a record before. A single-page CRM changes its address first and draws
// the new record piece by piece: for a while the number beside the new name is an old one.

/** Two records may really have the same name or number: after so long what stands there is theirs. */
export const PATIENCE_MS = 10_000;

interface Seen {
  content: string;
  /** Of the page that was there when the element came to hold this. */
  key: string;
}

export class Leftovers {
  readonly #seen = new WeakMap<Element, Seen>();
  #last: Element[] = []; // what the last look has read
  #key: string | null = null;
  #until = 0;
  #isPatient = false;
  /** Whether the look that was begun last has met any. */
  met = false;

  /** The page has become that of `key`. What is drawn at this moment is not of it. */
  moved(key: string, now: number): void {
    if (key === this.#key) return;
    if (this.#key !== null) {
      for (const at of this.#last) {
        const content = contentOf(at);
        if (this.#seen.get(at)?.content !== content)
          this.#seen.set(at, { content, key: this.#key });
      }
      this.#until = now + PATIENCE_MS;
    }
    this.#key = key;
  }

  /** A look at the page of `key` begins. */
  begin(key: string, now: number): void {
    this.moved(key, now);
    this.met = false;
    this.#isPatient = now < this.#until;
    this.#last = this.#last.filter((at) => at.isConnected);
  }

  /** Whether the element held the same on another page, and so says nothing yet of this one. */
  isOld(at: Element): boolean {
    const content = contentOf(at);
    const seen = this.#seen.get(at);
    if (!seen) this.#last.push(at);
    if (this.#isPatient && seen?.content === content && seen.key !== this.#key) {
      this.met = true;
      return true;
    }
    this.#seen.set(at, { content, key: this.#key ?? "" });
    return false;
  }
}

function contentOf(at: Element): string {
  return at instanceof HTMLInputElement ? at.value : (at.textContent ?? "");
}
