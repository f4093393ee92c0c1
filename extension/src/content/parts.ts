// What this extension draws on a page, made when there is something to draw: most pages that it is
// on are about nobody.

import type { PageToWorker, QuickAction } from "../lib/messages";
import { type ActionNeeds, ActionView } from "./action";
import { PaneFrame } from "./frame";
import { Launcher } from "./launcher";
import { Root } from "./root";

export interface PartsNeeds {
  say(message: PageToWorker): void;
  action: Omit<ActionNeeds, "near">;
  launch(opener: HTMLElement): void;
  isSignedIn(): boolean;
}

export class Parts {
  readonly root = new Root();
  readonly pane = new PaneFrame();
  readonly launcher: Launcher;
  readonly #near: () => void;
  #action: ActionView | null = null;

  constructor(private readonly needs: PartsNeeds) {
    this.#near = () => {
      if (needs.isSignedIn() && !this.pane.isLoaded) needs.say({ kind: "prepare" });
    };
    this.launcher = new Launcher({
      pressed: needs.launch,
      near: this.#near,
      switchOff: () => needs.say({ kind: "switch_off" }),
      settings: () => needs.say({ kind: "settings" }),
    });
    this.root.add(this.launcher.element, this.launcher.menu, this.pane.element);
  }

  /** Puts all of it into the page, again if the page has thrown it out. */
  attach(): void {
    this.root.attach();
    this.pane.raise();
  }

  draw(action: QuickAction, name: string): void {
    // A list has none.
    if (action.kind !== "none" || this.#action) this.action.draw(action, name);
  }

  get action(): ActionView {
    if (!this.#action) {
      this.#action = new ActionView({ ...this.needs.action, near: this.#near });
      this.launcher.element.before(this.#action.element); // as the keyboard goes through them
    }
    return this.#action;
  }
}
