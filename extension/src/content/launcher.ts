// The round button at the bottom right that opens the pane on the list. Its context menu is about
// the site.

import { countText } from "../lib/unread";
import { Choices } from "./choices";
import { BUBBLE, el, icon } from "./dom";

export interface LauncherNeeds {
  pressed(opener: HTMLElement): void;
  /** The rep is about to press it. */
  near(): void;
  switchOff(): void;
  settings(): void;
}

export class Launcher {
  readonly element = el("button", { class: "launcher", type: "button" });
  readonly #count = el("span", { class: "count", "aria-hidden": "true" });
  readonly #menu = new Choices();
  readonly menu = el("div", { class: "site" }, this.#menu.element);

  constructor(needs: LauncherNeeds) {
    this.element.append(icon(BUBBLE), this.#count);
    this.element.addEventListener("click", (event) => {
      if (event.isTrusted) needs.pressed(this.element);
    });
    // The right button, or the keyboard's own key for menus.
    this.element.addEventListener("contextmenu", (event) => {
      if (!event.isTrusted) return;
      event.preventDefault();
      this.#menu.open(this.element, `Repline on ${location.hostname}`, [
        {
          ...{ text: "Turn off on this site", detail: "Turn it on again in the settings" },
          act: () => needs.switchOff(),
        },
        { text: "Settings", detail: "", act: () => needs.settings() },
      ]);
    });
    for (const type of ["focus", "pointerenter"]) this.element.addEventListener(type, needs.near);
    this.draw(0, true);
  }

  hide(hidden: boolean): void {
    this.#menu.close(false);
    this.element.hidden = hidden;
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
