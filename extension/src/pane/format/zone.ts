// The recipient's clock: between moments and what stands on a wall there.
import { clock, clockIn } from "./time";

const LOCALE = "en-US";
const DAY = 24 * 60 * 60 * 1000;

/** "2026-11-24" and "09:00", as date and time inputs have them. */
export interface Wall {
  date: string;
  time: string;
}

/** Making one takes longer than all else in here. */
const formats = new Map<string, Intl.DateTimeFormat | null>();

function formatIn(zone: string): Intl.DateTimeFormat | null {
  let format = formats.get(zone);
  if (format !== undefined) return format;
  try {
    format = new Intl.DateTimeFormat("en-CA", {
      ...{ year: "numeric", month: "2-digit", day: "2-digit" },
      ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone || undefined },
    });
  } catch {
    format = null;
  }
  formats.set(zone, format);
  return format;
}

/** The zone itself, or undefined (which is the rep's own) for one that nobody knows. */
export const known = (zone: string) => (zone && formatIn(zone) ? zone : undefined);

export function wallAt(at: number, zone: string): Wall {
  const format = formatIn(zone) ?? formatIn("");
  const part = Object.fromEntries(format?.formatToParts(at).map((p) => [p.type, p.value]) ?? []);
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` };
}

/**
 * The moments at which the clocks of a zone show this: one; none in the hour that spring leaves out;
 * two, the earlier first, in the hour that autumn has twice; none where it is no date and time.
 */
export function momentsOf({ date, time }: Wall, zone: string): number[] {
  const asUtc = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(asUtc)) return [];
  // A zone's distance from UTC differs at most between the day before and the day after.
  const distances = [asUtc - DAY, asUtc + DAY].map((at) => distance(at, zone));
  return [...new Set(distances)]
    .map((far) => asUtc - far)
    .filter((at) => {
      const there = wallAt(at, zone);
      return there.date === date && there.time === time;
    })
    .sort((a, b) => a - b);
}

function distance(at: number, zone: string): number {
  const { date, time } = wallAt(at, zone);
  return Date.parse(`${date}T${time}Z`) - Math.floor(at / 60_000) * 60_000;
}

function day(at: number, zone: string, now: number): string {
  const there = wallAt(at, zone).date;
  if (there === wallAt(now, zone).date) return "today";
  if (there === wallAt(now + DAY, zone).date) return "tomorrow";
  const timeZone = known(zone);
  const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short", timeZone }).format(at);
  const month = new Intl.DateTimeFormat(LOCALE, { month: "short", timeZone }).format(at);
  return `${weekday}, ${Number(there.slice(8))} ${month}`;
}

/** The clock there, or here where the zone is not known. */
export const theirClock = (at: number, zone: string) => clockIn(zone, at) || clock(at);

/** "9:00 AM their time (6:00 AM yours)"; without what would be said twice. */
export function bothClocks(at: number, zone: string): string {
  const theirs = clockIn(zone, at);
  if (!theirs) return `${clock(at)} your time`;
  const there = wallAt(at, zone);
  const here = wallAt(at, "");
  if (there.date === here.date && there.time === here.time) return theirs;
  const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" }).format(at);
  const yours = there.date === here.date ? clock(at) : `${weekday} ${clock(at)}`;
  return `${theirs} their time (${yours} yours)`;
}

/** "tomorrow, 9:00 AM their time (6:00 AM yours)". */
export const whenInWords = (at: number, zone: string, now: number) =>
  `${day(at, zone, now)}, ${bothClocks(at, zone)}`;

/** For a button: "8:00 AM their time", "Tue 8:00 AM their time". */
export function shortly(at: number, zone: string, now: number): string {
  const which = day(at, zone, now);
  const soon = which === "today" || (which === "tomorrow" && at - now < DAY);
  const clockThere = theirClock(at, zone);
  const whose = clockIn(zone, at) ? "their time" : "your time";
  return soon ? `${clockThere} ${whose}` : `${which.split(",")[0]} ${clockThere} ${whose}`;
}

type Windows = readonly (readonly [number, number])[];

/**
 * Why this time can't be taken, or "". `windows` are the spans of the next days in which the person
 * may be texted, in ms, the end not included.
 */
export function notThen(at: number, windows: Windows, zone: string, now: number): string {
  if (at <= now) return "That time has passed. Choose a later one.";
  if (windows.some(([from, until]) => from <= at && at < until)) return "";
  const last = windows.at(-1);
  if (!last) return "No time is allowed in the next days. Ask an admin about the sending hours.";
  if (at >= last[1])
    return `That is too far ahead. Choose a time until ${day(last[1] - 1, zone, now)}.`;
  const date = wallAt(at, zone).date;
  const that = windows.filter(([from]) => wallAt(from, zone).date === date);
  const which = day(at, zone, now);
  if (!that.length)
    return `Texts don't go out ${which === "today" ? "any more today" : `on ${which}`}. Choose another day.`;
  const spans = that.map(
    ([from, until]) => `${theirClock(from, zone)} to ${theirClock(until, zone)}`,
  );
  return `Texts go out ${which} from ${spans.join(" and ")} their time. Choose a time within that.`;
}
