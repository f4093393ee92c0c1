// A page can frame the pane by its address if it learns it. A pane is inert until it names the nonce
// that was made for the tab it is in.

import { warm } from "./warm";

export class Nonces {
  /** Nonce -> tab; null until the window that was opened with it says hello. */
  #tabs = new Map<string, number | null>();

  async restore(): Promise<void> {
    this.#tabs = new Map(await warm.get("nonces"));
  }

  /** The nonce of a tab: the same one while the tab lives, for its frame keeps its address. */
  async forTab(tab: number): Promise<string> {
    for (const [nonce, owner] of this.#tabs) if (owner === tab) return nonce;
    return this.#make(tab);
  }

  async forWindow(): Promise<string> {
    return this.#make(null);
  }

  admits(nonce: string, tab: number): boolean {
    const owner = this.#tabs.get(nonce);
    if (owner === undefined) return false;
    if (owner !== null) return owner === tab;
    this.#tabs.set(nonce, tab); // the first to use a window's nonce has it for good
    void this.#keep();
    return true;
  }

  async forget(tab: number): Promise<void> {
    for (const [nonce, owner] of this.#tabs) if (owner === tab) this.#tabs.delete(nonce);
    await this.#keep();
  }

  async #make(tab: number | null): Promise<string> {
    const nonce = crypto.randomUUID();
    this.#tabs.set(nonce, tab);
    await this.#keep();
    return nonce;
  }

  #keep(): Promise<void> {
    return warm.set({ nonces: [...this.#tabs] });
  }
}
