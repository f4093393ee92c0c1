// Links in texts. They come from anybody: where one leads is shown before it is opened, as the
// browser will understand it and not as it looks.
import { linkifyit } from "linkify-it";

export interface Link {
  shown: string;
  url: string;
  /** As the browser asks for it: in ASCII. */
  host: string;
  /** Empty, or why one should look twice. */
  warning: string;
}

// Without a scheme only what is surely an address: "ok.So" after a full stop is not.
const TLDS = "com net org edu gov io co us ca ai app dev ly biz info link shop".split(" ");
const finder = linkifyit({ fuzzyLink: true, fuzzyEmail: false, fuzzyIP: false, tlds: TLDS });
const LONGEST_TEXT = 20_000;

/** The text in order: words as they are, and the links between them. */
export function pieces(text: string): (string | Link)[] {
  const found: (string | Link)[] = [];
  let end = 0;
  for (const { index, lastIndex, schema } of finder.match(text.slice(0, LONGEST_TEXT)) ?? []) {
    const link = linkOf(text.slice(index, lastIndex), schema);
    if (!link) continue;
    if (index > end) found.push(text.slice(end, index));
    found.push(link);
    end = lastIndex;
  }
  if (end < text.length || !found.length) found.push(text.slice(end));
  return found;
}

function linkOf(shown: string, schema: string): Link | null {
  if (schema && schema !== "http:" && schema !== "https:") return null;
  // A name alone at its best: every site worth a visit answers on https.
  const url = URL.parse(schema ? shown : `https://${shown}`);
  if (!url?.hostname) return null;
  return { shown, url: url.href, host: url.hostname, warning: warning(url) };
}

function warning({ hostname, username }: URL): string {
  if (username) return "What stands before the @ is not where this leads.";
  // Letters of other alphabets look like ours.
  if (hostname.split(".").some((part) => part.startsWith("xn--")))
    return "The letters of this address may be look-alikes.";
  if (/^[\d.]+$|^\[/.test(hostname)) return "This address has no name.";
  return "";
}

/** Where the host stands in what is shown, or null where it reads otherwise. */
export function hostIn({ shown, host, warning: doubtful }: Link): [number, number] | null {
  const at = doubtful ? -1 : shown.toLowerCase().indexOf(host);
  return at < 0 ? null : [at, at + host.length];
}
