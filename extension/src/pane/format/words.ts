// What people and texts are called on the screen.
import type { Conversation, Message, Person } from "../../wire";

export const callName = (person: Person) => person.name || person.mobile_display || person.mobile;

const LONGEST_CALLED = 24;

/** "Maya" in a sentence; "them" for who has no name, or one that fills the line. */
export function firstName({ name }: Person): string {
  const [first = ""] = name.trim().split(/\s+/);
  return first && [...first].length <= LONGEST_CALLED ? first : "them";
}

const CRMS: Record<string, string> = {
  salesforce: "Salesforce",
  hubspot: "HubSpot",
  dynamics: "Dynamics 365",
  demo: "Demo CRM",
  generic: "",
};

export const crmLabel = (crm: string) => CRMS[crm] ?? crm;

/** Only web addresses become links: the page that gave them may be hostile. */
export function webAddress(url: string): string {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : "";
}

export function attachments(count: number): string {
  const what = count === 1 ? "1 attachment" : `${count} attachments`;
  return `${what}, not loaded`;
}

/** What a row says in place of the last text, for who may not be texted any more. */
const STANDS: Record<string, string> = {
  opted_out: "Opted out",
  do_not_text: "Do not text",
  do_not_contact: "Do not contact",
};

export const standing = ({ blocked }: Conversation) => STANDS[blocked?.reason ?? ""] ?? "";

/** The list's second line. */
export function peek(conversation: Conversation): string {
  const stands = standing(conversation);
  if (stands) return stands;
  return conversation.preview || (conversation.last_message === null ? "No texts yet" : "No text");
}

export interface Delivery {
  words: string;
  tone: "quiet" | "good" | "bad" | "warn";
  /** A sentence of its own: what went wrong, or what to check. */
  detail: string;
}

const MAYBE = "May not have been sent";
/** What was said offline goes out once the rep is back. */
export const WAITING = "Waiting for connection";

/** How an outbound text fares, in words. */
export function delivery(message: Message, name: string): Delivery {
  switch (message.status) {
    case "queued":
    case "sending":
      return { words: "Sending…", tone: "quiet", detail: "" };
    case "sent":
      return { words: "Sent", tone: "quiet", detail: "" };
    case "delivered":
      return { words: "Delivered", tone: "good", detail: "" };
    case "undelivered":
    case "failed":
      if (message.doubt === "again") return { words: MAYBE, tone: "quiet", detail: message.error };
      return {
        words: message.status === "failed" ? "Failed" : "Not delivered",
        tone: "bad",
        detail: message.error || "The carrier gave no reason.",
      };
    case "unknown":
      return {
        words: MAYBE,
        tone: "warn",
        detail: doubt(message, name),
      };
    case "scheduled":
      return { words: "Scheduled", tone: "quiet", detail: "" };
    case "canceled":
      return { words: "Canceled", tone: "quiet", detail: message.error };
    default:
      return { words: "", tone: "quiet", detail: "" };
  }
}

function doubt({ doubt }: Message, name: string): string {
  if (doubt === "looking")
    return "The carrier did not answer. Its list may still tell, within a quarter of an hour.";
  return `The carrier did not answer. Ask ${name} whether it came before you send it again.`;
}

/** Why an inbound text is shown under this person, or empty where that needs no explaining. */
export function whyThisPerson(conversation: Conversation): string {
  const name = callName(conversation.person);
  const others = conversation.match_others.filter(Boolean);
  const also = others.length ? ` Also on this number: ${list(others)}.` : "";
  switch (conversation.match) {
    case "last_contacted":
      return `Filed under ${name}: contacted last on this number.${also}`;
    case "last_created":
      return `Filed under ${name}: added last with this number.${also}`;
    case "new":
      return conversation.person.name ? "" : `Nobody in Repline had this number yet.${also}`;
    default:
      return "";
  }
}

const listFormat = new Intl.ListFormat("en-US");

function list(names: string[]): string {
  const shown = names.slice(0, 3);
  const rest = names.length - shown.length;
  return listFormat.format(rest ? [...shown, `${rest} more`] : shown);
}
