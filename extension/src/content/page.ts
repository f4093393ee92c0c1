// On a CRM page: reads who it is about, shows what may be done, and frames the pane. It is told
// numbers and reasons, never the text of a message.

import type { PageFacts, PageToWorker, WorkerToPage } from "../lib/messages";
import type { Records } from "../lib/records";
import { readChosen } from "./chosen";
import { chromeEyes } from "./eyes";
import { applicationOf, pageKey, readFacts } from "./facts";
import { Leftovers } from "./leftovers";
import { Link } from "./link";
import { Parts } from "./parts";
import { type Seen, watch } from "./watch";

/** How long an updated extension may take to put its new script here, before the rep is asked to. */
const HEIR_MS = 1000;

export interface OnPage {
  goBy(records: Records): void;
  end(): void;
}

export function begin(given: Records): OnPage {
  const ends = new AbortController();
  const leftovers = new Leftovers();
  let records = given;
  let facts: PageFacts | null = null;
  let told = "null"; // the facts that the worker has, as JSON
  let chosenAt = ""; // where the rep asked who is chosen in a list
  let opener: HTMLElement | null = null;
  let drawn = ""; // the name that the rep sees on Message
  let signedIn = false;
  let made: Parts | null = null;

  const link = new Link({ greeting, heard, orphaned });

  function parts(): Parts {
    made ??= new Parts({
      say: (message) => link.say(message),
      isSignedIn: () => signedIn,
      launch: (button) => {
        opener = button;
        ask();
        link.say({ kind: "launch" });
      },
      action: {
        message: (number, button) => {
          opener = button;
          link.say({ kind: "message", name: drawn, number });
        },
        messagePerson: (person, button) => {
          opener = button;
          link.say({ kind: "message_person", person });
        },
        signIn: () => link.say({ kind: "sign_in" }),
        // Message is for the person who is drawn on it: when the page has moved on, look anew.
        holds: () => !look().changed,
      },
    });
    return made;
  }

  function look(): Seen {
    const read = readFacts(document, location.href, chromeEyes, records, leftovers);
    const asked = !read.facts && chosenAt === location.href;
    facts = asked ? readChosen(document, location.href, chromeEyes, records) : read.facts;
    const now = JSON.stringify(facts);
    const changed = now !== told;
    told = now;
    if (changed) link.say({ kind: "facts", facts });
    const missing = !facts?.numbers.length && (read.roots.length > 0 || !isCrm());
    const state = leftovers.met ? "left" : missing ? "later" : "done";
    return { roots: read.roots, changed, state };
  }

  function isCrm(): boolean {
    return records.crmOf(new URL(location.href), applicationOf(document)) !== null;
  }

  /** Whether we have any business on this page: a CRM's, or one about somebody. */
  function belongs(): boolean {
    return facts !== null || isCrm();
  }

  /** The rep asks on a page that offers nothing by itself. */
  function ask(): void {
    if (facts && !chosenAt) return;
    chosenAt = location.href;
    look();
  }

  function greeting(): PageToWorker[] {
    const said: PageToWorker[] = [{ kind: "facts", facts }];
    return made?.pane.isOpen ? [...said, { kind: "pane_opened" }] : said;
  }

  const handlers: {
    [K in WorkerToPage["kind"]]: (message: Extract<WorkerToPage, { kind: K }>) => void;
  } = {
    action: (message) => {
      drawn = message.name;
      signedIn = message.signed_in;
      if (!made && !belongs()) return;
      parts().draw(message.action, message.name);
      parts().launcher.draw(message.unread, message.signed_in);
      if (belongs()) parts().attach();
    },
    prepare_pane: ({ url, width, height }) => {
      parts().attach();
      parts().pane.prepare(chrome.runtime.getURL(url), { width, height });
    },
    pane_ready: () => made?.pane.ready(),
    open_pane: ({ url, width, height }) => {
      parts().attach();
      parts().pane.open(chrome.runtime.getURL(url), { width, height }, opener);
      opener = null;
      parts().launcher.hide(true);
    },
    close_pane: () => closePane(),
    resize_pane: (size) => made?.pane.resize(size),
    raise_pane: () => made?.pane.putOnTop(),
    ask,
  };

  function heard(message: WorkerToPage): void {
    if (Object.hasOwn(handlers, message.kind)) handlers[message.kind](message as never);
  }

  function closePane(): void {
    const { pane, launcher } = parts();
    pane.close();
    launcher.hide(false);
    pane.giveFocusBack(launcher.element);
    link.say({ kind: "pane_closed" });
  }

  function orphaned(): void {
    ends.abort();
    made?.pane.close();
    made?.launcher.hide(true);
    made?.draw({ kind: "none" }, "");
    // By then the new version's script has taken our place, unless Chrome would not let it.
    setTimeout(() => made?.root.host.isConnected && made.action.drawOrphan(), HEIR_MS);
  }

  const woken: Parameters<typeof chrome.runtime.onMessage.addListener>[0] = (
    message,
    sender,
    answer,
  ) => {
    if (sender.id !== chrome.runtime.id || message?.kind !== "wake") return;
    link.connect();
    answer(true);
  };
  chrome.runtime.onMessage.addListener(woken);
  const thrownOut = new MutationObserver(() => {
    if (!made || !link.alive) return;
    // Moved and not thrown out it is in place, but no longer in the top layer.
    if (made.root.isInPlace) made.pane.raise();
    else if (belongs() || made.pane.isOpen) made.attach();
  });
  thrownOut.observe(document.documentElement, { childList: true });
  ends.signal.addEventListener("abort", () => thrownOut.disconnect());
  const lookSoon = watch({
    moved: () => {
      const url = new URL(location.href);
      const record = records.recordOf(url, applicationOf(document));
      leftovers.moved(pageKey(url, record), performance.now());
    },
    look: () => {
      if (!link.alive) return { roots: [], changed: false, state: "done" };
      const seen = look();
      if (belongs()) link.connect();
      return seen;
    },
    isOwn: (node) => node === made?.root.host,
    ends: ends.signal,
  });

  return {
    goBy: (newer) => {
      records = newer;
      lookSoon();
    },
    end: () => {
      ends.abort();
      chrome.runtime.onMessage.removeListener(woken);
      link.close();
      made?.root.host.remove();
    },
  };
}
