import { computed, signal } from "@preact/signals";
import type { PaneToWorker, SessionState, Target } from "../../lib/messages";
import type { Transport } from "../transport";
import { attention, narrowness } from "./attention";
import { createAsking } from "./asking";
import { createComposer } from "./composer";
import { createConversations } from "./conversations";
import { handle } from "./handlers";
import { createList } from "./list";
import { createNaming } from "./naming";
import { createOpening } from "./opening";
import { createOutgoing } from "./outgoing";
import { tellReading } from "./reading";
import { createTalks } from "./talks";
import { createToast } from "./toast";
import { createUi } from "./ui";

const CLOCK_MS = 15_000;

export interface World {
  now(): number;
  /** In a CRM page, as against in a window of its own. */
  framed: boolean;
  /** For what is put away for this session. */
  remembered: Storage | null;
}

/** The pane without its looks: stores, and the few things that concern several of them. */
export function createPane(transport: Transport, world: World) {
  const ends = new AbortController();
  const post = (message: PaneToWorker) => transport.post(message);
  /** null until the worker has accepted the greeting: then nothing is shown at all. */
  const session = signal<SessionState | null>(null);
  const gone = signal(false);
  const now = signal(world.now());
  const attended = attention(ends.signal);
  const narrow = narrowness(ends.signal);

  const asking = createAsking(post);
  const conversations = createConversations();
  const list = createList(post, conversations);
  const talks = createTalks();
  const outgoing = createOutgoing(post, world.now);
  const composer = createComposer(post);
  const opening = createOpening(post, { talks, list, outgoing, composer });
  const naming = createNaming(post, conversations);
  const toast = createToast();
  const ui = createUi(world.remembered);

  /** Narrow panes show one side at a time. */
  const inSight = computed(() => attended.value && !(narrow.value && ui.side.value === "list"));

  let greeted = false; // since the port was connected

  /** Signed out: whoever signs in next may be somebody else. */
  function forget(): void {
    greeted = false;
    for (const store of [asking, list, opening, talks, conversations, outgoing, composer])
      store.clear();
    ui.side.value = "list";
    ui.heard.value = ui.status.value = "";
  }

  const pane = {
    post,
    world,
    ends: ends.signal,
    session,
    gone,
    now,
    asking,
    conversations,
    list,
    talks,
    outgoing,
    composer,
    opening,
    naming,
    toast,
    ui,
    stale: computed(() => gone.value || session.value?.stale === true),
    online: computed(() => session.value?.connection === "online"),

    /** The first word over this port: ask for what is shown, which loses and moves nothing. */
    welcomed(): void {
      if (session.value?.connection === "signed_out") {
        forget();
        return;
      }
      if (greeted) return;
      greeted = true;
      if (talks.current.value !== null) conversations.unsee(talks.current.value);
      list.load(false);
      opening.ask();
      outgoing.sendAgain();
      asking.again();
    },

    refresh(): void {
      list.load();
      opening.ask();
    },

    aim(target: Target): void {
      if (target.kind === "list") pane.showList();
      else {
        if (target.kind === "conversation") opening.conversation(target.conversation);
        else opening.personOnPage(target.person);
        pane.showTalk();
      }
    },

    showTalk(): void {
      ui.side.value = "talk";
      ui.focus.value = "composer";
      ui.atBottom.value = true;
      naming.open.value = false;
    },

    showList(): void {
      ui.side.value = "list";
      ui.focus.value = "list";
    },

    open(conversation: number): void {
      opening.conversation(conversation);
      pane.showTalk();
    },

    send(conversation: number): void {
      const body = composer.take(conversation);
      if (body === null) return;
      outgoing.send(conversation, { body, send_at: null, media: [] });
      ui.status.value = pane.online.value ? "Sending" : "Waiting for connection";
      ui.atBottom.value = true;
    },

    /** The person was erased: nothing of the conversation stays. */
    forgetConversation(conversation: number): void {
      const shown = talks.current.value === conversation;
      for (const store of [list, talks, conversations, outgoing, composer])
        store.forget(conversation);
      if (!shown) return;
      opening.clear();
      pane.showList();
      ui.status.value = "This person was erased by an admin.";
    },

    close(): void {
      pane.settle();
      post({ kind: "close" });
      if (!world.framed) window.close();
    },

    /** Save what is still in hand. */
    settle(): void {
      composer.flush();
      toast.settle();
    },

    dispose(): void {
      pane.settle();
      ends.abort();
      clearInterval(ticking);
      stopReading();
      transport.stop();
    },
  };

  const ticking = setInterval(() => {
    now.value = world.now();
  }, CLOCK_MS);
  const stopReading = tellReading(post, inSight, { talks, conversations, ui });
  window.addEventListener("blur", composer.flush, { signal: ends.signal });
  window.addEventListener("pagehide", pane.settle, { signal: ends.signal });

  transport.start({
    message: (message) => handle(pane, message),
    lost() {
      greeted = false;
    },
    gone() {
      gone.value = true;
    },
  });
  return pane;
}

export type Pane = ReturnType<typeof createPane>;
