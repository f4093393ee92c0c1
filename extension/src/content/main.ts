// On a CRM page: reads who it is about, shows what may be done, and frames the pane. It is told
// numbers and reasons, never the text of a message.

import type { PageFacts, PageToWorker, WorkerToPage } from "../lib/messages";
import { crmOf, recordOf } from "../lib/records";
import { ActionView } from "./action";
import { chromeEyes } from "./eyes";
import { applicationOf, readFacts } from "./facts";
import { PaneFrame } from "./frame";
import { Launcher } from "./launcher";
import { Link } from "./link";
import { Root } from "./root";
import { watch } from "./watch";

function start(): void {
  const ends = new AbortController();
  let facts: PageFacts | null = null;
  let told = ""; // the facts that the worker has, as JSON
  let opener: HTMLElement | null = null;
  let drawn = ""; // the name that the rep sees on Message
  let signedIn = false;

  const root = new Root();
  const pane = new PaneFrame((size) => link.say({ kind: "size", ...size }));
  const near = () => {
    if (signedIn && !pane.isLoaded) link.say({ kind: "prepare" });
  };
  const launcher = new Launcher((button) => {
    opener = button;
    link.say({ kind: "launch" });
  }, near);
  const action = new ActionView({
    message: (number, button) => {
      opener = button;
      link.say({ kind: "message", name: drawn, number });
    },
    messagePerson: (person, button) => {
      opener = button;
      link.say({ kind: "message_person", person });
    },
    signIn: () => link.say({ kind: "sign_in" }),
    near,
    // Message is for the person who is drawn on it: when the page has moved on since, look anew.
    holds: () => !look(),
  });
  const link = new Link({ greeting, heard, orphaned });
  root.add(action.element, launcher.element, pane.element);

  /** True when the page says something else than before. */
  function look(): boolean {
    facts = readFacts(document, location.href, chromeEyes);
    const now = JSON.stringify(facts);
    if (now === told) return false;
    told = now;
    link.say({ kind: "facts", facts });
    return true;
  }

  /** Whether we have any business on this page: a CRM's, or one about somebody. */
  function belongs(): boolean {
    return facts !== null || crmOf(new URL(location.href), applicationOf(document)) !== null;
  }

  function greeting(): PageToWorker[] {
    const said: PageToWorker[] = [{ kind: "facts", facts }];
    return pane.isOpen ? [...said, { kind: "pane_opened" }] : said;
  }

  const handlers: {
    [K in WorkerToPage["kind"]]: (message: Extract<WorkerToPage, { kind: K }>) => void;
  } = {
    action: (message) => {
      drawn = message.name;
      signedIn = message.signed_in;
      action.draw(message.action, message.name);
      launcher.draw(message.unread, message.signed_in);
      if (belongs()) root.attach();
    },
    prepare_pane: ({ url, width, height }) => {
      root.attach();
      pane.prepare(chrome.runtime.getURL(url), { width, height });
    },
    pane_ready: () => pane.ready(),
    open_pane: ({ url, width, height }) => {
      root.attach();
      pane.open(chrome.runtime.getURL(url), { width, height }, opener);
      opener = null;
      launcher.element.hidden = true;
    },
    close_pane: () => closePane(true),
    resize_pane: (size) => pane.resize(size),
  };

  function heard(message: WorkerToPage): void {
    if (Object.hasOwn(handlers, message.kind)) handlers[message.kind](message as never);
  }

  function closePane(giveFocusBack: boolean): void {
    pane.close();
    launcher.element.hidden = false;
    if (giveFocusBack) pane.giveFocusBack(launcher.element);
    link.say({ kind: "pane_closed" });
  }

  function orphaned(): void {
    ends.abort();
    pane.close();
    launcher.element.remove();
    action.drawOrphan();
  }

  chrome.runtime.onMessage.addListener((message, sender, answer) => {
    if (sender.id !== chrome.runtime.id || message?.kind !== "wake") return;
    link.connect();
    answer(true);
  });
  root.onRemoved(() => link.alive && (belongs() || pane.isOpen) && root.attach(), ends.signal);
  watch({
    look: () => {
      if (!link.alive) return false;
      look();
      link.connect();
      return recordOf(new URL(location.href), applicationOf(document)) !== null;
    },
    isOwn: (node) => node === root.host,
    ends: ends.signal,
  });
}

start();
