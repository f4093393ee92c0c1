// The one element that this extension adds to a page: outside of every tree that a framework
// manages, with a closed shadow root and an adopted sheet, which no CSP forbids.

import tokens from "../lib/tokens.css";
import style from "./content.css";
import { el } from "./dom";

const ID = "repline-root";

export class Root {
  // A plain div: a page may define any custom element, and its definition could then open the root.
  readonly host = el("div", { id: ID });
  readonly #shadow = this.host.attachShadow({ mode: "closed" });

  constructor() {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens + style);
    this.#shadow.adoptedStyleSheets = [sheet];
  }

  add(...elements: Element[]): void {
    this.#shadow.append(...elements);
  }

  /** What has the focus in here, if anything has. */
  get focused(): Element | null {
    return this.#shadow.activeElement;
  }

  /** Takes out what an earlier version of this extension left behind. */
  static sweep(): void {
    for (const old of document.querySelectorAll(`#${ID}`)) old.remove();
  }

  /** Whether the host is where it belongs: inside of anything else, that could hide or move it. */
  get isInPlace(): boolean {
    return this.host.parentNode === document.documentElement;
  }

  /** Puts the host into the page, again if the page has thrown it out or put it elsewhere. */
  attach(): void {
    if (!this.isInPlace) document.documentElement.append(this.host);
  }
}
