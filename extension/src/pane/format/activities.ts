// How what happened to a person is told.
import type { Activity, ActivityKind } from "../../wire";
import type { IconName } from "../components/Icon";

/** Stands where a text has media; the feed shows none of it. As the backend writes it. */
const MEDIA = "<media attached>";

const ICONS: Record<ActivityKind, IconName> = {
  message: "bubble",
  call: "phone",
  note: "pencil",
  opt_out: "forbid",
  opt_in: "check",
  restricted: "forbid",
  unrestricted: "check",
};

const WHAT: Record<Exclude<ActivityKind, "message">, string> = {
  call: "Call",
  note: "Note",
  opt_out: "Opted out",
  opt_in: "Opted in again",
  restricted: "Set to do not text",
  unrestricted: "Do not text taken back",
};

const STATUS: Partial<Record<NonNullable<Activity["status"]>, string>> = {
  failed: "failed",
  undelivered: "not delivered",
  unknown: "may not have been sent",
  scheduled: "scheduled",
  canceled: "canceled",
};

export const iconOf = ({ kind }: Activity): IconName => ICONS[kind] ?? "bubble";

/** "Text from Maya", "Text by Ana Ruiz, failed", "Note by Ana Ruiz". */
export function headline({ kind, direction, status, who }: Activity): string {
  if (kind === "message") {
    const by = direction === "inbound" ? `Text from ${who}` : who ? `Text by ${who}` : "Text";
    const how = status ? STATUS[status] : "";
    return how ? `${by}, ${how}` : by;
  }
  const what = WHAT[kind] ?? "Activity";
  return who ? `${what} by ${who}` : what;
}

/** The words, and whether media came with them. */
export function wordsOf({ kind, text }: Activity): { words: string; media: boolean } {
  const media = kind === "message" && text.endsWith(MEDIA);
  return { words: media ? text.slice(0, -MEDIA.length).trimEnd() : text, media };
}
