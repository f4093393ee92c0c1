import { computed, signal } from "@preact/signals";
import type { PaneToWorker, SessionState, Target } from "../../lib/messages";
import type { Files } from "../files";
import type { Sight } from "../sight";
import type { Transport } from "../transport";
import { createAttachments } from "./attachments";
import { createActivities } from "./activities";
import { attention, narrowness } from "./attention";
import { createAsking } from "./asking";
import { createChanging } from "./changing";
import { createComposer } from "./composer";
import { createConsent } from "./consent";
import { createConversations } from "./conversations";
import { createDoubts } from "./doubts";
import { createFiling } from "./filing";
import { createGuard } from "./guard";
import { handle } from "./handlers";
import { createList } from "./list";
import { createPictures } from "./media";
import { createNaming } from "./naming";
import { createOpening } from "./opening";
import { createOutgoing } from "./outgoing";
import { createQuickReplies } from "./quick_replies";
import { tellReading } from "./reading";
import { createReceipts } from "./receipts";
import { createSchedule } from "./schedule";
import { createSending } from "./sending";
import { createTalks } from "./talks";
import { createToast } from "./toast";
import { createUi } from "./ui";

const CLOCK_MS = 15_000;

export interface World {
  now(): number;
  /** In a CRM page, as against in a window of its own. */
  framed: boolean;
  /** How much of the pane the rep can see. */
  look(): Sight;
  /** For what is put away for this session. */
  remembered: Storage | null;
  files: Files;
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

  const guard = createGuard(world.look, () => post({ kind: "covered" }));
  const asking = createAsking(post);
  const conversations = createConversations();
  const list = createList(post, conversations);
  const talks = createTalks();
  const outgoing = createOutgoing(post, world.now);
  const pictures = createPictures(asking, world.files);
  const attachments = createAttachments({
    asking,
    pictures,
    files: world.files,
    settled: (conversation) => sending.settled(conversation),
  });
  const composer = createComposer(post, attachments);
  const opening = createOpening(post, { talks, list, outgoing, composer, attachments });
  const naming = createNaming(post, conversations);
  const toast = createToast();
  const activities = createActivities(asking);
  const consent = createConsent(asking, { conversations, toast });
  const ui = createUi(world.remembered);
  const online = computed(() => session.value?.connection === "online");
  const sending = createSending({ composer, attachments, outgoing, ui, online });
  const quickReplies = createQuickReplies(asking);
  const changing = createChanging({ asking, talks, activities, ui, online });
  const doubts = createDoubts(changing, talks, ui);
  const receipts = createReceipts({ changing, toast, ui });
  const filing = createFiling({ asking, changing, conversations, toast, ui });
  const schedule = createSchedule({
    ...{ asking, changing, talks, conversations, composer, toast, ui },
    now: world.now,
  });

  /** Narrow panes show one side at a time. */
  const inSight = computed(() => attended.value && !(narrow.value && ui.side.value === "list"));

  let greeted = false; // since the port was connected

  /** Signed out: whoever signs in next may be somebody else. */
  function forget(): void {
    greeted = false;
    toast.settle(); // it names somebody
    const all = [asking, list, opening, talks, conversations, outgoing, composer, attachments];
    const more = [
      pictures,
      sending,
      quickReplies,
      changing,
      schedule,
      activities,
      consent,
      receipts,
    ];
    for (const store of [...all, ...more]) store.clear();
    naming.open.value = false;
    filing.close();
    ui.side.value = "list";
    ui.heard.value = ui.status.value = "";
    guard.forgive();
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
    composer,
    attachments,
    pictures,
    quickReplies,
    changing,
    opening,
    guard,
    // What cannot be undone, or goes out of this browser, is done for a press that could be seen.
    outgoing: guard.before(outgoing, "tryAgain"),
    sending: guard.before(sending, "send"),
    schedule: guard.before(schedule, "save", "sendNow", "keep", "cancel"),
    receipts: guard.before(receipts, "link", "retry"),
    filing: guard.before(filing, "file"),
    doubts: guard.before(doubts, "settle"),
    naming: guard.before(naming, "save"),
    activities: guard.before(activities, "addNote"),
    consent: guard.before(consent, "optedOut", "keepTexting", "stop", "allow"),
    toast: guard.before(toast, "undo"),
    ui,
    stale: computed(() => gone.value || session.value?.stale === true),
    online,

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
      activities.close();
      consent.form.value = null;
      filing.close();
      guard.forgive();
    },

    showList(): void {
      ui.side.value = "list";
      ui.focus.value = "list";
    },

    open(conversation: number): void {
      opening.conversation(conversation);
      pane.showTalk();
    },

    /** The person was erased: nothing of the conversation stays. */
    forgetConversation(conversation: number): void {
      const shown = talks.current.value === conversation;
      const person = conversations.get(conversation)?.person.id;
      if (person !== undefined) activities.forget(person);
      const stores = [list, talks, conversations, outgoing, composer, attachments, consent, filing];
      for (const store of stores) store.forget(conversation);
      receipts.clear();
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
