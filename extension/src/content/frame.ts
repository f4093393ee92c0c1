// The pane's frame: made once, hidden when closed so that it keeps what it shows, sized by the rep.

import { el } from "./dom";

export interface Size {
  width: number;
  height: number;
}

const LEAST: Size = { width: 360, height: 400 };
const MARGIN = 48; // both sides together
const STEP = 24;
/** So long a pane may take to be accepted before its box is shown without it. */
const PATIENCE_MS = 700;

export class PaneFrame {
  readonly element = el("div", { class: "pane", hidden: true });
  #frame: HTMLIFrameElement | null = null;
  #opener: HTMLElement | null = null;
  #size: Size = LEAST;
  #isOpen = false;
  #isReady = false;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly resized: (size: Size) => void) {}

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
    this.element.hidden = false;
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
    this.#isOpen = true;
    if (this.#isReady || isSeen) this.#show();
    else {
      // An empty box would be shown until it has loaded; if that takes long it is shown as it is.
      this.element.classList.add("unseen");
      this.element.hidden = false;
      clearTimeout(this.#patience);
      this.#patience = setTimeout(() => this.#isOpen && this.#show(), PATIENCE_MS);
    }
  }

  close(): void {
    if (!this.isOpen) return;
    this.#isOpen = false;
    clearTimeout(this.#patience);
    this.element.hidden = true;
  }

  #load(address: string): void {
    if (!this.#frame) {
      this.#frame = el("iframe", {
        ...{ title: "Repline messenger", allow: "clipboard-write" },
        credentialless: true, // without, a page with a Cross-Origin-Embedder-Policy shuts it out
      });
      this.element.append(this.#frame, this.#corner());
    }
    if (this.#frame.getAttribute("src") === address) return;
    this.#isReady = false;
    this.#frame.src = address;
  }

  #corner(): HTMLElement {
    const corner = el("button", {
      ...{ class: "corner", type: "button", title: "Drag to resize" },
      "aria-label": "Resize the messenger with the arrow keys",
    });
    corner.addEventListener("pointerdown", (event) => this.#drag(event, corner));
    corner.addEventListener("keydown", (event) => this.#step(event));
    return corner;
  }

  #show(): void {
    clearTimeout(this.#patience);
    this.element.classList.remove("unseen");
    this.element.hidden = false;
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
    this.#size = within({ width, height });
    this.element.style.width = `${width}px`;
    this.element.style.height = `${height}px`;
  }

  #drag(start: PointerEvent, corner: HTMLElement): void {
    if (!start.isTrusted || start.button !== 0) return;
    start.preventDefault();
    const { width, height } = this.element.getBoundingClientRect();
    const ends = new AbortController();
    const options = { signal: ends.signal };
    // The pane is another process: without this it takes the moves over it, captured or not.
    this.element.classList.add("dragged");
    corner.setPointerCapture(start.pointerId);
    corner.addEventListener(
      "pointermove",
      ({ clientX, clientY }) => {
        const wide = width + start.clientX - clientX;
        const high = height + start.clientY - clientY;
        this.resize(within({ width: wide, height: high }));
      },
      options,
    );
    const done = () => {
      ends.abort();
      this.element.classList.remove("dragged");
      this.resized(this.#size);
    };
    corner.addEventListener("pointerup", done, options);
    corner.addEventListener("pointercancel", done, options);
  }

  #step(event: KeyboardEvent): void {
    const steps: Record<string, [number, number]> = {
      ...{ ArrowLeft: [STEP, 0], ArrowRight: [-STEP, 0] },
      ...{ ArrowUp: [0, STEP], ArrowDown: [0, -STEP] },
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const { width, height } = this.element.getBoundingClientRect();
    this.resize(within({ width: width + step[0], height: height + step[1] }));
    this.resized(this.#size);
  }
}

function within({ width, height }: Size): Size {
  return {
    width: Math.round(Math.max(LEAST.width, Math.min(width, window.innerWidth - MARGIN))),
    height: Math.round(Math.max(LEAST.height, Math.min(height, window.innerHeight - MARGIN))),
  };
}
