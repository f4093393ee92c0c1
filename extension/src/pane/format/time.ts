// Times as the pane words them. The pane speaks English to reps in the US and Canada.
const LOCALE = "en-US";
const DAY = 24 * 60 * 60 * 1000;

const clockFormat = new Intl.DateTimeFormat(LOCALE, { hour: "numeric", minute: "2-digit" });
const weekdayFormat = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const monthFormat = new Intl.DateTimeFormat(LOCALE, { month: "short" });
const exactFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: "full", timeStyle: "short" });

// Intl puts a narrow no-break space before AM; an ordinary one lets text be found and compared.
const spaced = (text: string) => text.replace(/\u202f/g, " ");

export const clock = (at: number) => spaced(clockFormat.format(at));
export const exact = (at: number) => spaced(exactFormat.format(at));

/** Whole local days between two moments, clock changes included. */
function daysBetween(at: number, now: number): number {
  return Math.round((midnight(now) - midnight(at)) / DAY);
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function date(at: number, now: number): string {
  const day = new Date(at);
  const text = `${day.getDate()} ${monthFormat.format(at)}`;
  return day.getFullYear() === new Date(now).getFullYear() ? text : `${text} ${day.getFullYear()}`;
}

/** In the list: the time today, the weekday this week, else the date. */
export function listTime(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return clock(at);
  return days < 7 ? weekdayFormat.format(at) : date(at, now);
}

/** Between messages: Today, Yesterday, Tue, 3 Nov. */
export function dayLabel(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return "Today";
  if (days === 1) return "Yesterday";
  return days < 7 ? weekdayFormat.format(at) : date(at, now);
}

export const sameDay = (a: number, b: number) => midnight(a) === midnight(b);

/** The time on the clock in another zone, or empty for a zone that nobody knows. */
export function clockIn(zone: string, now: number): string {
  if (!zone) return "";
  try {
    const format = new Intl.DateTimeFormat(LOCALE, {
      hour: "numeric",
      minute: "2-digit",
      timeZone: zone,
    });
    return spaced(format.format(now));
  } catch {
    return "";
  }
}

/** The moment with its date in another zone; the zone is known to be one. */
export function exactIn(zone: string, at: number): string {
  const options = { dateStyle: "full", timeStyle: "short", timeZone: zone } as const;
  return spaced(new Intl.DateTimeFormat(LOCALE, options).format(at));
}

/** "EST", "Eastern Standard Time"; empty where a zone has no name but its distance from UTC. */
export function zoneName(zone: string, at: number, form: "short" | "long"): string {
  const format = new Intl.DateTimeFormat(LOCALE, { timeZone: zone, timeZoneName: form });
  const found = format.formatToParts(at).find(({ type }) => type === "timeZoneName");
  return found?.value ?? "";
}

/** "3 Nov, 2:14 PM", with the year where it is another one: since when something holds. */
export const dateAndTime = (at: number, now: number) => `${date(at, now)}, ${clock(at)}`;
