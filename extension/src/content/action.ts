// The Message button.

import type { QuickAction } from "../lib/messages";
import { BUBBLE, el, icon } from "./dom";

const REASON_ID = "why";

export class ActionView {
  readonly element = el("div", { class: "actions", role: "group", "aria-label": "Repline" });
  readonly #label = el("span");
  readonly #number = el("span", { class: "number" });
  readonly #button = el("button", { class: "action", type: "button" });
  readonly #reason = el("div", { class: "reason", role: "tooltip", id: REASON_ID });

  constructor(private readonly pressed: (opener: HTMLElement) => void) {
    this.#button.append(icon(BUBBLE), this.#label, this.#number);
    this.#button.addEventListener("click", (event) => {
      // Only a person presses it: a page's script could click, but not with a trusted event.
      if (!event.isTrusted || this.#button.ariaDisabled === "true") return;
      this.pressed(this.#button);
    });
    this.#button.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#reason.classList.add("dismissed");
    });
    for (const type of ["focus", "pointerenter"]) {
      this.#button.addEventListener(type, () => this.#reason.classList.remove("dismissed"));
    }
    this.element.append(this.#button, this.#reason);
    this.draw({ kind: "none" }, "");
  }

  draw(action: QuickAction, name: string): void {
    this.element.hidden = action.kind === "none";
    if (action.kind === "none") return;
    const reason = action.kind === "inactive" ? action.reason : "";
    const number = action.kind === "ready" ? action.number : "";
    const who = name || "this person";
    this.#label.textContent = action.label;
    this.#number.textContent = number;
    this.#number.hidden = !number;
    this.#reason.textContent = reason;
    this.#reason.hidden = !reason;
    this.#button.ariaLabel = [`${action.label} ${who}`, number].filter(Boolean).join(", ");
    this.#button.ariaDisabled = String(reason !== "");
    if (reason) this.#button.setAttribute("aria-describedby", REASON_ID);
    else this.#button.removeAttribute("aria-describedby");
  }

  /** In place of the action, when this script can no longer do anything. */
  drawOrphan(): void {
    const reload = el("button", { class: "action plain", type: "button" });
    reload.append("Repline was updated. Reload this page");
    reload.addEventListener("click", (event) => {
      if (event.isTrusted) location.reload();
    });
    this.element.replaceChildren(reload);
    this.element.hidden = false;
  }
}
