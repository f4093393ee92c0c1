// What this extension draws on a page, made when there is something to draw: most pages that it is
// on are about nobody.

import type { PageToWorker } from "../lib/messages";
import { type ActionNeeds, ActionView } from "./action";
import { PaneFrame, type Size } from "./frame";
import { Launcher } from "./launcher";
import { Root } from "./root";

export interface PartsNeeds {
  say(message: PageToWorker): void;
  action: Omit<ActionNeeds, "near">;
  launch(opener: HTMLElement): void;
  resized(size: Size): void;
  isSignedIn(): boolean;
}

export class Parts {
  readonly root = new Root();
  readonly pane: PaneFrame;
  readonly launcher: Launcher;
  readonly action: ActionView;

  constructor(needs: PartsNeeds) {
    this.pane = new PaneFrame(needs.resized);
    const near = () => {
      if (needs.isSignedIn() && !this.pane.isLoaded) needs.say({ kind: "prepare" });
    };
    this.launcher = new Launcher({
      pressed: needs.launch,
      near,
      switchOff: () => needs.say({ kind: "switch_off" }),
      settings: () => needs.say({ kind: "settings" }),
    });
    this.action = new ActionView({ ...needs.action, near });
    this.root.add(this.action.element, this.launcher.element);
    this.root.add(this.launcher.menu, this.pane.element);
  }
}
