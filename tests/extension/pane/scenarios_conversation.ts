// What the gallery shows of a conversation besides writing: who may be texted, from where, what came.
import type { Activity, Media, Person } from "../../../extension/src/wire";
import type { Known } from "./fake_worker";
import { blocked, conversation, DAY, MINUTE, message, NOW, number, person, sent } from "./people";

const HILL =
  "iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAqElEQVR42u3WwQmAMBBE0S3To2VYSRqyDYvw7ElBEEHRaEzc0Q9TwH+HsLHQ9tIzAAAAAHhiQ9fM0wMs6evJAHbrLxnMZ328AUC2+kgDgN8CeMTcAS7xV/5CfKcBAAAAAAAAAG4BdahS9gIgsbi8xwp0Z5VY4fTHJS8D0iVeALcZvgA3GB4Blxh+AZEM74BThgbggKEE2DWIAbYMScDaoApYGNqAafKAEfQyJojE4DjoAAAAAElFTkSuQmCC";
const SHELVES =
  "iVBORw0KGgoAAAANSUhEUgAAACAAAAAwCAIAAAD/zu84AAAASElEQVR42mM4siAPK3LzS8CKSFXPMGrBqAVDwAJqGYRL/agFoxYMBQtGi4pRC0YtGK0PRi0YtWC0Phi1YNSC0fpg1IJRC6AIAOViUnnh15FuAAAAAElFTkSuQmCC";

const mobile = { e164: "+14045550187", display: "(404) 555-0187" };
export const maya: Person = person(87, "Maya Okonkwo", {
  mobile: mobile.e164,
  mobile_display: mobile.display,
  title: "VP Operations",
  account: "Northwind Logistics",
  profile_url: "https://crm.example/contacts/87",
  account_url: "https://crm.example/accounts/3",
  crm: "salesforce",
  crm_ref: "salesforce:Contact:87",
});
const others = [
  conversation(2, "Jonas Bergström-Achterberg", "Is the price per seat or per team?", {
    unread: 2,
    last_at: NOW - 13 * MINUTE,
  }),
  conversation(7, "Dmitri Kaplan", "Please take me off your list", {
    last_at: NOW - 20 * DAY,
    blocked: blocked("opted_out", "Dmitri opted out."),
  }),
  conversation(
    6,
    person(42, "", { mobile: "+19175550142", mobile_display: "(917) 555-0142" }),
    "Who is this?",
    { last_at: NOW - 2 * DAY, match: "new" },
  ),
];
const talk = [
  sent(1, "Hi Maya, Ana from Brightpath. Would a short call this week help?", {
    at: NOW - 39 * MINUTE,
  }),
  message(1, "Thursday at 2 works. Can you send the pricing sheet before?"),
];
const stop = message(1, "Actually, please stop texting me. We went with somebody else.", {
  at: NOW - MINUTE,
});

/** Maya's conversation, changed. */
export function known(change: Parameters<typeof conversation>[3], more: Known = {}): Known {
  const one = conversation(1, maya, "Thursday at 2 works.", {
    ...{ last_at: NOW - MINUTE, zone: "America/New_York", zone_certain: true },
    ...change,
  });
  return {
    target: { kind: "conversation", conversation: 1 },
    messages: talk,
    conversations: [one, ...others],
    ...more,
  };
}

function media(id: number, change: Partial<Media> = {}): Media {
  return {
    ...{ id, content_type: "image/png", size: 184_000, name: "", width: 1600, height: 1200 },
    ...{ state: "ready", error: "" },
    ...change,
  };
}

const doNotText = {
  do_not_text: true,
  blocked: blocked("do_not_text", "Sam Lee set Maya to do not text: “Prefers e-mail”.", {
    since: NOW - 6 * DAY,
  }),
};
const suspected = {
  suspicion: { message: stop.id, phrase: "please stop texting me", at: stop.at },
  blocked: blocked("suspected", "Maya may have opted out. Say first what her text meant."),
};

const numbers = [
  { ...number, label: "Atlanta" },
  { ...number, id: 2, e164: "+18885550100", display: "(888) 555-0100", kind: "toll_free" as const },
  {
    ...number,
    ...{ id: 3, e164: "72345", display: "72345", kind: "short_code" as const, label: "Alerts" },
    a2p: "not_needed" as const,
  },
  {
    ...number,
    ...{ id: 4, e164: "+14045550129", display: "(404) 555-0129", a2p: "missing" as const },
  },
];
const several = {
  ...maya,
  numbers: [
    { ...mobile, label: "Mobile" },
    { e164: "+14045550191", display: "(404) 555-0191", label: "Second mobile" },
    { e164: "+14045550100", display: "(404) 555-0100", label: "" },
  ],
};

const pictures: Known = known(
  { last_message: 900 },
  {
    messages: [
      ...talk,
      message(1, "This is the hall", { media: [media(11)], media_count: 1 }),
      message(1, "", {
        media: [
          media(12, { width: 900, height: 1200 }),
          media(13, { name: "aisle 4.png" }),
          media(14, { state: "pending", width: 0, height: 0 }),
        ],
        media_count: 3,
      }),
      message(1, "", {
        media: [
          media(15, { content_type: "application/pdf", name: "Floor plan.pdf", size: 412_000 }),
          media(16, {
            ...{ content_type: "text/html", name: "invoice.html", state: "refused" },
            error: "An HTML file is not taken in: it could carry a script.",
          }),
          media(17, { state: "gone", error: "The carrier no longer keeps this picture." }),
        ],
        media_count: 3,
      }),
      message(1, "Older one", { media_count: 2 }),
    ],
    media: {
      11: ["image/png", HILL],
      12: ["image/png", SHELVES],
      13: ["image/png", HILL],
      15: ["application/pdf", "JVBERi0="],
    },
  },
);

export function activity(id: number, change: Partial<Activity>): Activity {
  return {
    ...{ id, kind: "message", at: NOW - id * 47 * MINUTE, text: "", who: "Ana Ruiz" },
    ...{ direction: null, status: null, message: null, receipt: null },
    ...change,
  };
}

const activities = [
  activity(1, {
    direction: "inbound",
    who: "Maya Okonkwo",
    text: "See the hall\n<media attached>",
  }),
  activity(2, { kind: "note", text: "Wants 40 seats.\nCall her after the board meets." }),
  activity(3, { direction: "outbound", status: "failed", text: "Here is the sheet." }),
  activity(30, { kind: "unrestricted", who: "Sam Lee" }),
  activity(40, { kind: "restricted", who: "Sam Lee", text: "Prefers e-mail" }),
  activity(64, { kind: "opt_in", who: "Maya Okonkwo", text: "Replied START" }),
  activity(99, { kind: "opt_out", who: "Maya Okonkwo", text: "Replied STOP" }),
  activity(100, { kind: "call", text: "4 min" }),
];

export const CONVERSATION_SCENARIOS: Record<string, Known> = {
  opted_out: known({
    blocked: blocked("opted_out", "Maya opted out by replying STOP.", { since: NOW - 20 * DAY }),
  }),
  do_not_text: known(doNotText, {
    answers: {
      "restriction.set": {
        type: "conversation.saved",
        conversation: known({ revision: 2 }).conversations?.[0],
      },
    },
  }),
  do_not_contact: known({
    blocked: blocked("do_not_contact", "Salesforce says that Maya may not be contacted."),
  }),
  suspected: known(suspected, {
    messages: [...talk, stop],
    answers: {
      "suspicion.answer": {
        type: "conversation.saved",
        conversation: known({ revision: 2 }).conversations?.[0],
      },
    },
  }),
  suspected_above: known(
    { ...suspected, suspicion: { ...suspected.suspicion, message: 3 } },
    { messages: talk },
  ),
  quiet: known({
    zone: "Pacific/Honolulu",
    zone_certain: false,
    blocked: blocked("quiet_hours", "It is 5:44 AM for Maya. Texts go out from 9:00 AM.", {
      until: NOW + 3 * 60 * MINUTE + 16 * MINUTE,
    }),
  }),
  landline: known({
    warning: blocked("landline", "This is a landline: a text may be read out as a voice call."),
  }),
  unregistered: known(
    {
      number: numbers[3] as (typeof numbers)[3],
      blocked: blocked(
        "a2p",
        "(404) 555-0129 is not registered for business texting yet. Ask Sam Lee.",
      ),
    },
    { session: { numbers } },
  ),
  choice: known({ person: several }, { session: { numbers } }),
  pictures,
  links: known(
    {},
    {
      messages: [
        ...talk,
        message(
          1,
          "Our site is northwind.example, the map: https://maps.example.com/place/a?b=1#c and not http://xn--pple-43d.com/login or https://аррӏе.com. Call me.So long",
        ),
        sent(1, "The sheet: https://brightpath.example.com/pricing.pdf", { at: NOW - MINUTE }),
      ],
    },
  ),
  activity: known(
    {},
    {
      answers: {
        "activity.list": { type: "activity.page", person: 87, activities, next: "" },
        "note.add": {
          type: "note.added",
          person: 87,
          activity: activity(0, { kind: "note", text: "Ask for the floor plan" }),
        },
      },
    },
  ),
  no_activity: known(
    {},
    {
      answers: { "activity.list": { type: "activity.page", person: 87, activities: [], next: "" } },
    },
  ),
  activity_failed: known({}, { refuses: { ask: "The backend is busy. Try again in a minute." } }),
};
