// What a receipt says: whether a text or a note is in the CRM.
import type { Receipt } from "../../wire";

export interface ReceiptWords {
  /** For the line below a bubble, where nothing has to be done. */
  words: string;
  /** The whole of it. */
  sentence: string;
  /** Where the sentence stands for everybody to see. What holds for many texts at once, as when
   * the CRM is away, is said in full under the latest of them alone. */
  seen: "always" | "latest" | "never";
}

/** Null for a state that is newer than this client. */
export function receiptWords(receipt: Receipt): ReceiptWords | null {
  const { state, text, opportunity } = receipt;
  const crm = receipt.crm || "the CRM";
  switch (state) {
    case "logged": {
      const under = opportunity ? ` under ${opportunity}` : "";
      const left = text ? `, ${text}` : "";
      const sentence = `Logged to ${crm}${under}${left}`;
      return { words: "Logged", sentence, seen: text ? "latest" : "never" };
    }
    case "waiting": {
      const sentence = text ? `Will be logged to ${crm}: ${text}` : `Will be logged to ${crm}`;
      return { words: "Will be logged", sentence, seen: text ? "latest" : "never" };
    }
    case "retrying": {
      const why = text ? ended(text) : `${crm} can't be reached.`;
      return { words: "Not logged yet", sentence: `${why} We keep trying.`, seen: "latest" };
    }
    case "unlinked": {
      const why = text || `not linked to a ${crm} record`;
      return { words: "Not logged", sentence: `Not logged: ${why}`, seen: "latest" };
    }
    case "failed": {
      const sentence = text ? `Not logged to ${crm}: ${text}` : `Not logged to ${crm}`;
      return { words: "Not logged", sentence, seen: "always" };
    }
    default:
      return null;
  }
}

const ended = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`);

const LONGEST_ADDRESS = 2000;
const HERE = new Set(["localhost", "127.0.0.1"]);

/** Where the activity is in the CRM, or empty: what a CRM answers may be hostile. Over http only
 * from this machine, as a CRM that stands in for one does. */
export function logAddress(receipt: Receipt | null): string {
  const url = URL.parse(receipt?.url ?? "");
  if (!url || url.username || url.password || url.href.length > LONGEST_ADDRESS) return "";
  const safe = url.protocol === "https:" || (url.protocol === "http:" && HERE.has(url.hostname));
  return safe ? url.href : "";
}

/** Whether the line below the later one of two texts says of the earlier one what there is to say.
 * One that is on its way says it too: a second later it is logged as well, and nothing jumps. */
export function saidBelow(one: Receipt | null, later: Receipt | null): boolean {
  if (!one) return true;
  if (one.state === "failed" || !later) return false;
  if (one.text !== later.text) return false;
  return one.state === later.state || (one.state === "logged" && later.state === "waiting");
}

/** The texts, or whatever else, under which a sentence stands that is said under the latest alone;
 * the oldest comes first. */
export function latestOfKind(
  all: readonly { id: number; receipt: Receipt | null }[],
): ReadonlySet<number> {
  const latest = new Map<string, number>();
  for (const { id, receipt } of all)
    if (receipt) latest.set(`${receipt.state} ${receipt.text}`, id);
  return new Set(latest.values());
}
