// What the gallery can show, by name: one for every state that has a look of its own.
import { composerScenarios } from "./composer_scenarios";
import type { Known } from "./fake_worker";
import { blocked, conversation, DAY, MINUTE, message, NOW, pending, person, sent } from "./people";
import { CONVERSATION_SCENARIOS } from "./scenarios_conversation";
import { RECEIPT_SCENARIOS } from "./scenarios_receipts";

const maya = person(87, "Maya Okonkwo", {
  title: "VP Operations",
  account: "Northwind Logistics",
  profile_url: "https://crm.example/contacts/87",
  account_url: "https://crm.example/accounts/3",
  crm: "salesforce",
  time_zone: "America/New_York",
});
const open = { kind: "conversation", conversation: 1 } as const;

const list = [
  conversation(1, maya, "Of course, sending it over now.", {
    preview_direction: "outbound",
    last_at: NOW - MINUTE,
  }),
  conversation(2, "Jonas Bergström-Achterberg", "Is the price per seat or per team?", {
    unread: 2,
    last_at: NOW - 13 * MINUTE,
  }),
  conversation(3, "Lê Thị Hoa", "Photo", { unread: 1, last_at: NOW - 46 * MINUTE }),
  conversation(4, "Eve Sandoval", "Thanks, talk soon!", {
    preview_direction: "outbound",
    last_at: NOW - 92 * MINUTE,
  }),
  conversation(5, "נועה כהן", "תודה רבה, נדבר ביום שני", { last_at: NOW - 2 * DAY }),
  conversation(
    6,
    person(42, "", { mobile: "+19175550142", mobile_display: "(917) 555-0142" }),
    "Who is this?",
    { last_at: NOW - 2 * DAY - MINUTE, match: "new" },
  ),
  conversation(7, "Dmitri Kaplan", "Please take me off your list", { last_at: NOW - 20 * DAY }),
];

const talk = [
  sent(
    1,
    "Hi Maya, Ana from Brightpath. Following up on Tuesday's demo: would a short call this week help?",
    {
      at: NOW - 39 * MINUTE,
    },
  ),
  message(1, "Yes! The team loved it 🙌", { at: NOW - 3 * MINUTE }),
  message(1, "Thursday at 2 works. Can you send the pricing sheet before?"),
  sent(1, "Of course, sending it over now.", { at: NOW - MINUTE, status: "sending" }),
];

const normal: Known = { conversations: list, messages: talk, target: open };
const first = list[0] as (typeof list)[0];
const others = list.slice(1);

/** The first conversation changed; the others as they are. */
const changed = (change: Partial<typeof first>): Known => ({
  ...normal,
  conversations: [{ ...first, ...change }, ...others],
});

const long = "Supercalifragilisticexpialidocious".repeat(4);

const looking = { status: "unknown", doubt: "looking" } as const;
const unsettled = { status: "unknown", doubt: "open" } as const;
const doubtful = sent(1, "Here is the sheet.", unsettled);

export const SCENARIOS: Record<string, Known> = {
  ...CONVERSATION_SCENARIOS,
  ...RECEIPT_SCENARIOS,
  ...composerScenarios(normal, changed),
  normal,
  curly: {
    ...normal,
    drafts: { 1: "Here’s the sheet. See you Thursday at 2, I’ll bring the onboarding plan" },
  },
  list: { ...normal, target: { kind: "list" } },
  empty: { target: { kind: "list" } },
  search_empty: { ...normal, target: { kind: "list" } },
  list_failed: {
    target: { kind: "list" },
    refuses: { list: "The backend is busy. Nothing is lost." },
  },
  open_failed: { ...normal, refuses: { open: "This conversation is not yours any more." } },
  loading: { target: open, deaf: ["list", "open"], conversations: [first] },
  signed_out: { session: { connection: "signed_out", user: null, team: null } },
  offline: {
    ...normal,
    session: { connection: "offline" },
    pending: [pending(1, "I'll call you at two.")],
  },
  connecting: {
    session: { connection: "connecting" },
    deaf: ["list", "open"],
    target: { kind: "list" },
  },
  reconnecting: { ...normal, session: { connection: "reconnecting" } },
  stale: { ...normal, session: { stale: true }, drafts: { 1: "Not sent yet" } },
  long_names: {
    ...changed({
      person: {
        ...maya,
        name: `Wolfeschlegelsteinhausenbergerdorff ${long}`,
        title: `Executive Vice President of ${long}`,
        account: `${long} Holdings`,
        crm: "A CRM with an exceedingly long label",
      },
      preview: long,
    }),
    messages: [...talk, message(1, long + long)],
  },
  rtl: {
    ...normal,
    target: { kind: "conversation", conversation: 5 },
    messages: [
      sent(5, "שלום נועה, מדברת אנה מ-Brightpath. אפשר לדבר ביום שני?", {
        at: NOW - 2 * DAY - 9 * MINUTE,
      }),
      message(5, "תודה רבה, נדבר ביום שני ב-10:00.", { at: NOW - 2 * DAY }),
    ],
    drafts: { 5: "מצוין, להתראות" },
  },
  emoji: {
    ...changed({ person: { ...maya, name: "👩🏽‍💻 Maya 🇺🇸" }, preview: "👨‍👩‍👧‍👦🏳️‍🌈" }),
    messages: [...talk, message(1, "👨‍👩‍👧‍👦🏳️‍🌈"), message(1, "👍🏽".repeat(40))],
    drafts: { 1: "See you 👍🏽" },
  },
  unread_200: {
    ...normal,
    pageSize: 50,
    conversations: Array.from({ length: 200 }, (_, i) =>
      conversation(i + 1, `Person ${i + 1}`, "Can you call me back?", {
        unread: i === 0 ? 200 : (i % 12) + 1,
        last_at: NOW - i * 37 * MINUTE,
      }),
    ),
    target: { kind: "list" },
  },
  blocked: {
    ...changed({
      blocked: blocked(
        "opted_out",
        "Maya opted out on 3 Nov. You can't text this number until she replies START.",
      ),
    }),
    drafts: { 1: "One more thing" },
  },
  no_license: {
    ...normal,
    session: {
      blocked: blocked("no_license", "You have no Messenger license. Ask Sam Lee for a seat."),
    },
  },
  failed: {
    ...normal,
    messages: [
      ...talk.slice(0, 3),
      sent(1, "Here is the sheet.", {
        status: "failed",
        error: "The number is a landline and can't receive texts.",
      }),
      sent(1, "Did it come?", {
        status: "undelivered",
        error: "The phone was switched off or out of reach.",
      }),
    ],
  },
  unknown: {
    ...normal,
    messages: [...talk.slice(0, 3), sent(1, "Here is the sheet.", looking)],
  },
  doubt: {
    ...normal,
    messages: [...talk.slice(0, 3), doubtful],
    answers: {
      "message.settle": {
        type: "message.saved",
        message: { ...doubtful, status: "sent", doubt: "", revision: 2 },
      },
    },
  },
  doubt_of_ours: {
    ...normal,
    messages: [sent(1, "You are subscribed again.", { ...unsettled, author: "", author_id: null })],
  },
  pending: {
    ...normal,
    pending: [
      pending(1, "And this is the plan for the first week."),
      pending(1, "Call me on 900 555 0199", {
        state: "refused",
        reason: "gate",
        text: "It is 9:12 PM for Maya. Texts go out from 8:00 AM.",
      }),
    ],
  },
  over: { ...normal, drafts: { 1: "This text is much too long. ".repeat(60) } },
  colleague: {
    ...normal,
    messages: [
      ...talk.slice(0, 3),
      sent(1, "Ana is out today, so I will send it.", {
        author: "Jordan Blake",
        author_id: 9,
        status: "sent",
      }),
      message(1, "", { media_count: 1 }),
    ],
  },
  why: changed({ match: "last_contacted", match_others: ["Jonas Berg", "Priya Nair"] }),
  unnamed: {
    ...normal,
    target: { kind: "conversation", conversation: 6 },
    messages: [message(6, "Who is this?", { at: NOW - 2 * DAY })],
  },
  history: {
    ...normal,
    messages: Array.from({ length: 170 }, (_, i) =>
      (i % 3 ? message : sent)(1, `Text ${i + 1}. ${"More words. ".repeat(i % 5)}`, {
        at: NOW - (170 - i) * 47 * MINUTE,
      }),
    ),
  },
};
