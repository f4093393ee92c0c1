// The pane's frame: made once, hidden when closed so that it keeps what it shows, sized by the rep.
// It lies in the top layer: no banner of the page is drawn over it, and no effect of the page's own
// elements reaches it. What does cover it after all was put there, and the pane refuses to send.

import { el } from "./dom";

export interface Size {
  width: number;
  height: number;
}

/** So long a pane may take to be accepted before its box is shown without it. */
const PATIENCE_MS = 700;

export class PaneFrame {
  readonly element = el("div", { class: "pane", popover: "manual", hidden: true });
  #frame: HTMLIFrameElement | null = null;
  #opener: HTMLElement | null = null;
  #isOpen = false;
  #isReady = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether there is a frame, shown or not. */
  get isLoaded(): boolean {
    return this.#frame !== null;
  }

  /** Loads the pane out of sight: it is there when it is opened. */
  prepare(address: string, size: Size): void {
    if (this.#isOpen || this.#frame) return;
    this.resize(size);
    this.#load(address);
    // At its own size, so that it is laid out, but neither seen nor reached.
    this.element.classList.add("unseen");
    this.#draw();
  }

  /** The pane has been accepted and knows what to draw. */
  ready(): void {
    this.#isReady = true;
    // Accepted anew after the worker was away: whoever works in the page keeps the focus.
    if (this.#isOpen && this.element.classList.contains("unseen")) this.#show();
  }

  open(address: string, size: Size, opener: HTMLElement | null): void {
    this.#load(address);
    if (opener) this.#opener = opener;
    this.resize(size);
    const isSeen = this.#isOpen && !this.element.classList.contains("unseen");
    // Prepared some time ago: over what the page has put into the top layer since.
    if (!this.#isOpen && this.element.matches(":popover-open")) this.element.hidePopover();
    this.#isOpen = true;
    if (this.#isReady || isSeen) this.#show();
    else {
      // An empty box would be shown until it has loaded; if that takes long it is shown as it is.
      this.element.classList.add("unseen");
      this.#draw();
      clearTimeout(this.#patience);
      this.#patience = setTimeout(() => this.#isOpen && this.#show(), PATIENCE_MS);
    }
  }

  close(): void {
    if (!this.isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#patience);
    this.element.hidden = true;
    // Opened again it is on top of what the page has put there since.
    if (this.element.matches(":popover-open")) this.element.hidePopover();
  }

  #load(address: string): void {
    if (!this.#frame) {
      this.#frame = el("iframe", {
        ...{ title: "Repline messenger", allow: "clipboard-write" },
        credentialless: true, // without, a page with a Cross-Origin-Embedder-Policy shuts it out
      });
      // Alone in its box: anything drawn over it, be it ours, would count as covering it.
      this.element.append(this.#frame);
    }
    if (this.#frame.getAttribute("src") === address) return;
    this.#isReady = false;
    this.#frame.src = address;
  }

  #draw(): void {
    this.element.hidden = false;
    this.raise();
  }

  /** Into the top layer, which it leaves whenever the page takes our element out. */
  raise(): void {
    const { element } = this;
    if (!element.hidden && element.isConnected && !element.matches(":popover-open"))
      element.showPopover();
  }

  /** Over what the page has put into the top layer since. For Chrome even a popover far away from the
   * pane lies over it, by its see-through backdrop. Over a modal dialog it could not be used. */
  putOnTop(): void {
    const { element } = this;
    if (!element.matches(":popover-open") || document.querySelector(":modal")) return;
    const focused = this.#frame?.matches(":focus");
    element.hidePopover();
    this.raise();
    if (focused) this.#frame?.focus({ preventScroll: true });
  }

  #show(): void {
    clearTimeout(this.#patience);
    this.element.classList.remove("unseen");
    this.#draw();
    this.#frame?.focus({ preventScroll: true });
  }

  /** After closing: where the rep was before. */
  giveFocusBack(fallback: HTMLElement): void {
    const opener =
      this.#opener?.isConnected && this.#opener.offsetParent !== null ? this.#opener : fallback;
    opener.focus({ preventScroll: true });
    this.#opener = null;
  }

  resize({ width, height }: Size): void {
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
  }
}
