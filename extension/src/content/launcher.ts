// The round button at the bottom right that opens the pane on the list.

import { countText } from "../lib/unread";
import { BUBBLE, el, icon } from "./dom";

export class Launcher {
  readonly element = el("button", { class: "launcher", type: "button" });
  readonly #count = el("span", { class: "count", "aria-hidden": "true" });

  constructor(pressed: (opener: HTMLElement) => void, near: () => void) {
    this.element.append(icon(BUBBLE), this.#count);
    this.element.addEventListener("click", (event) => {
      if (event.isTrusted) pressed(this.element);
    });
    for (const type of ["focus", "pointerenter"]) this.element.addEventListener(type, near);
    this.draw(0, true);
  }

  draw(unread: number, signedIn: boolean): void {
    const count = signedIn ? countText(unread) : "";
    this.#count.textContent = count;
    this.#count.hidden = !count;
    const name = signedIn ? "Open Repline" : "Sign in to Repline";
    this.element.ariaLabel = count ? `${name}, ${count} unread` : name;
    this.element.title = name;
  }
}
