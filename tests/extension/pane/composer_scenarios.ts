// States of the composer and of texts that wait, for the gallery: changes to its usual state.
import type { Media, Message } from "../../../extension/src/wire";
import type { Known } from "./fake_worker";
import { blocked, DAY, MINUTE, NOW, number, pending, sent } from "./people";

/** Tomorrow, 9:00 AM in Los Angeles: noon for the rep in New York. */
const TOMORROW = Date.UTC(2026, 10, 24, 17, 0);
const HOUR = 60 * MINUTE;
/** When the team's day ends, in New York. */
const MIDNIGHT = TOMORROW - 12 * HOUR;
const zone = "America/Los_Angeles";

/** 9 AM to 8 PM of the next 14 days. */
const windows = Array.from({ length: 14 }, (_, day): [number, number] => {
  const from = TOMORROW + (day - 1) * DAY;
  return [from, from + 11 * HOUR];
});

const times = {
  type: "time.suggested",
  zone,
  times: [
    { at: NOW + 100 * MINUTE, label: "This morning" },
    { at: TOMORROW - DAY + 4 * HOUR, label: "This afternoon" },
    { at: TOMORROW, label: "Tomorrow morning" },
    { at: TOMORROW + 4 * HOUR, label: "Tomorrow afternoon" },
  ],
  windows,
};

const replies = [
  { id: 1, name: "Pricing", body: "Here is our price list: $40 per seat and month.", shared: true },
  { id: 2, name: "Call back", body: "Sorry I missed you. When may I call back?", shared: true },
  { id: 3, name: "Thanks", body: "Thank you, talk soon!", shared: false },
  { id: 4, name: "שלום", body: "שלום, מדברת אנה מ-Brightpath.", shared: true },
];

const answers = {
  "time.suggest": times,
  "quick_reply.list": { type: "quick_reply.page", quick_replies: replies },
};

function later(body: string, change: Partial<Message> = {}): Message {
  return sent(1, body, {
    ...{ status: "scheduled", at: NOW - DAY, scheduled_for: TOMORROW },
    ...change,
  });
}

const picture: Media = {
  ...{ id: 501, content_type: "image/png", size: 70, name: "chart.png" },
  ...{ width: 1, height: 1, state: "ready", error: "" },
};
/** One blue pixel. */
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkSHv6HwAEEQJIq2BnAQAAAABJRU5ErkJggg==";

/** `normal` is the usual state; `changed` gives it with the first conversation changed. */
export function composerScenarios(
  normal: Known,
  changed: (change: object) => Known,
): Record<string, Known> {
  const messages = normal.messages ?? [];
  const far = changed({ zone, zone_certain: true });
  return {
    later: { ...far, answers, drafts: { 1: "Good morning Maya, did the sheet help?" } },
    scheduled: {
      ...changed({ zone, zone_certain: true, scheduled: 5 }),
      answers,
      messages: [
        ...messages.slice(0, 3),
        later("Good morning Maya, did the sheet help?"),
        later("Happy to answer any question.", { scheduled_for: TOMORROW + HOUR, hold: "reply" }),
        later("And the plan.", {
          ...{ scheduled_for: TOMORROW + 12 * HOUR, hold: "quiet_hours" },
          ...{ author: "Jordan Blake", author_id: 9, media: [picture], media_count: 1 },
        }),
        later("Never mind", { status: "canceled" }),
      ],
      pending: [pending(1, "See you tomorrow.", { send_at: TOMORROW + 2 * HOUR })],
      media: { 501: ["image/png", PIXEL] },
    },
    quiet_hours: {
      ...changed({
        ...{ zone, zone_certain: true },
        blocked: blocked("quiet_hours", "It is 7:44 AM for Maya. Texts go out from 8:00 AM.", {
          until: NOW + 16 * MINUTE,
        }),
      }),
      answers,
      drafts: { 1: "Good morning Maya" },
    },
    capped: {
      ...changed({
        ...{ zone, zone_certain: true },
        blocked: blocked(
          "user_cap",
          "You have sent 500 texts today. Schedule it, or ask your admin.",
          {
            until: MIDNIGHT,
          },
        ),
      }),
      answers,
      drafts: { 1: "Good morning Maya" },
    },
    no_files: {
      ...changed({ number: { ...number, mms: false } }),
      answers: {
        "time.suggest": { ...times, times: [], windows: [] },
        "quick_reply.list": { type: "quick_reply.page", quick_replies: [] },
      },
    },
    accents: {
      ...normal,
      drafts: {
        1: "Olá Maya, amanhã às duas está bem? A reunião é sobre o preço por posto e o plano do mês.",
      },
    },
    costly_emoji: {
      ...normal,
      drafts: { 1: `Thank you 🙌 ${"It was good to hear from you today. ".repeat(3)}` },
    },
    nearly_full: { ...normal, drafts: { 1: "a long text ".repeat(130) } },
    no_replies: { ...normal, refuses: { ask: "The backend is busy. Nothing is lost." } },
  };
}
