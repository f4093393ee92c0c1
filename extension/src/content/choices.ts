// The menu of the Message button: numbers or people to choose from.

import { el } from "./dom";

export interface Choice {
  text: string;
  /** What the page calls the number, or the number of a person. */
  detail: string;
  act(): void;
}

export class Choices {
  readonly element = el("div", { class: "choices", hidden: true });
  #opener: HTMLElement | null = null;
  #ends: AbortController | null = null;

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  open(opener: HTMLElement, title: string, choices: Choice[]): void {
    this.#ends = new AbortController();
    this.#opener = opener;
    const menu = el("div", { role: "menu" }, ...choices.map((choice) => this.#item(choice)));
    menu.ariaLabel = title;
    this.element.replaceChildren(el("p", { "aria-hidden": "true" }, title), menu);
    this.element.hidden = false;
    opener.ariaExpanded = "true";
    this.#items()[0]?.focus();
    const { signal } = this.#ends;
    this.element.addEventListener("keydown", (event) => this.#keys(event), { signal });
    // From outside of the root the host is what was pressed; from inside the part itself.
    const outside = (event: Event) => {
      const path = event.composedPath();
      if (!path.includes(this.element) && !path.includes(opener)) this.close(false);
    };
    this.element.getRootNode().addEventListener("pointerdown", outside, { signal });
    document.addEventListener(
      "pointerdown",
      (event) => {
        const root = this.element.getRootNode();
        if (root instanceof ShadowRoot && event.target !== root.host) this.close(false);
      },
      { signal, capture: true },
    );
  }

  close(giveFocusBack: boolean): void {
    if (!this.isOpen) return;
    this.#ends?.abort();
    this.element.hidden = true;
    if (this.#opener) this.#opener.ariaExpanded = "false";
    if (giveFocusBack) this.#opener?.focus({ preventScroll: true });
  }

  #item({ text, detail, act }: Choice): HTMLElement {
    const item = el(
      "button",
      { type: "button", role: "menuitem", tabindex: "-1" },
      el("span", { dir: "auto" }, text),
      el("small", { dir: "auto" }, detail),
    );
    item.addEventListener("click", (event) => {
      // Only a person chooses: a page's script could click, but not with a trusted event.
      if (!event.isTrusted) return;
      this.close(true);
      act();
    });
    return item;
  }

  #items(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>("[role=menuitem]")];
  }

  #keys(event: KeyboardEvent): void {
    event.stopPropagation(); // the page has keys of its own
    const items = this.#items();
    const at = items.findIndex((item) => item.matches(":focus"));
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % items.length,
      ArrowUp: (at - 1 + items.length) % items.length,
      Home: 0,
      End: items.length - 1,
    };
    const to = steps[event.key];
    if (event.key === "Escape") this.close(true);
    else if (event.key === "Tab") this.close(true);
    else if (to !== undefined) items[to]?.focus();
    if (event.key === "Escape" || to !== undefined) event.preventDefault();
  }
}
