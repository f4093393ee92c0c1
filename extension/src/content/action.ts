// The Message button.

import type { ActionNumber, ActionPerson, QuickAction } from "../lib/messages";
import { Choices } from "./choices";
import { BUBBLE, el, icon } from "./dom";

const REASON_ID = "why";
const CHEVRON = "m6 9 6 6 6-6";

export interface ActionNeeds {
  /** A text to the number, in display form, of whoever is drawn. */
  message(number: string, opener: HTMLElement): void;
  /** A text to one of the people that were offered. */
  messagePerson(person: number, opener: HTMLElement): void;
  signIn(): void;
  /** The rep is about to press it. */
  near(): void;
  /** Whether the page still is what was drawn; false keeps the press from counting. */
  holds(): boolean;
}

export class ActionView {
  readonly element = el("div", { class: "actions", role: "group", "aria-label": "Repline" });
  readonly #label = el("span");
  readonly #number = el("span", { class: "number" });
  readonly #more = icon(CHEVRON);
  readonly #button = el("button", { class: "action", type: "button" });
  readonly #reason = el("div", { class: "reason", role: "tooltip", id: REASON_ID });
  readonly #choices = new Choices();
  #action: QuickAction = { kind: "none" };

  constructor(private readonly needs: ActionNeeds) {
    this.#button.append(icon(BUBBLE), this.#label, this.#number, this.#more);
    this.#button.addEventListener("click", (event) => {
      // Only a person presses it: a page's script could click, but not with a trusted event.
      if (event.isTrusted) this.#pressed();
    });
    this.#button.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#reason.classList.add("dismissed");
    });
    for (const type of ["focus", "pointerenter"]) {
      this.#button.addEventListener(type, () => {
        this.#reason.classList.remove("dismissed");
        if (!["none", "inactive"].includes(this.#action.kind)) needs.near();
      });
    }
    this.element.append(this.#button, this.#reason, this.#choices.element);
    this.draw({ kind: "none" }, "");
  }

  draw(action: QuickAction, name: string): void {
    // What is being chosen from is no longer what is offered.
    if (JSON.stringify(action) !== JSON.stringify(this.#action)) this.#choices.close(false);
    this.#action = action;
    this.element.hidden = action.kind === "none";
    if (action.kind === "none") return;
    const who = name || "this person";
    const reason = reasonOf(action);
    const number = action.kind === "ready" ? action.number : "";
    const several = isMenu(action);
    this.#label.textContent = action.label;
    this.#number.textContent = number;
    this.#number.hidden = !number;
    this.#more.toggleAttribute("hidden", !several);
    this.#reason.textContent = reason;
    this.#reason.hidden = !reason;
    const whom = action.kind === "people" ? `people of ${who}` : who;
    this.#button.ariaLabel = [`${action.label} ${whom}`, number].filter(Boolean).join(", ");
    this.#button.ariaDisabled = String(action.kind === "inactive" && !action.signs_in);
    this.#button.classList.toggle("muted", reason !== "");
    this.#button.ariaHasPopup = several ? "menu" : null;
    this.#button.ariaExpanded = several ? String(this.#choices.isOpen) : null;
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

  #pressed(): void {
    const action = this.#action;
    if (action.kind === "inactive") {
      if (action.signs_in) this.needs.signIn();
      return;
    }
    if (action.kind === "none" || !this.needs.holds()) return;
    if (this.#choices.isOpen) this.#choices.close(true);
    else if (action.kind === "people")
      this.#offer("Who gets the text?", this.#people(action.people));
    else if (action.kind === "choose")
      this.#offer("None is called a mobile. Which one takes texts?", this.#numbers(action.numbers));
    else if (action.numbers.length > 1) this.#offer("Which number?", this.#numbers(action.numbers));
    else this.needs.message(action.number, this.#button);
  }

  #offer(title: string, choices: Parameters<Choices["open"]>[2]): void {
    this.#reason.classList.add("dismissed");
    this.#choices.open(this.#button, title, choices);
  }

  #numbers(numbers: ActionNumber[]) {
    return numbers.map(({ number, label }) => ({
      ...{ text: number, detail: label || "No label on this page" },
      act: () => this.needs.message(number, this.#button),
    }));
  }

  #people(people: ActionPerson[]) {
    return people.map(({ id, name, number }) => ({
      ...{ text: name, detail: number },
      act: () => this.needs.messagePerson(id, this.#button),
    }));
  }
}

function reasonOf(action: QuickAction): string {
  if (action.kind === "inactive") return action.reason;
  return action.kind === "ready" ? action.warning : "";
}

function isMenu(action: QuickAction): boolean {
  if (action.kind === "ready") return action.numbers.length > 1;
  return action.kind === "choose" || action.kind === "people";
}
