// The phone numbers on a page with the labels that the page gives them: fields that the CRM marks by
// their names, tel: links, labelled inputs, and rows. A number without a label stays without one:
// nobody here guesses that it is a mobile.

import type { PageNumber } from "../lib/messages";
import { textOf } from "./eyes";
import { wordsIn } from "./fields";
import { labelOf, namesAPhone, placesOf } from "./labels";
import { othersIn, type Sight } from "./sight";

const LONGEST = 64;
const MOST = 20;

interface Found extends PageNumber {
  at: Element;
}

/** `isOld` tells what is left of the record before: it is left out, as are the numbers of others. */
export function readNumbers(sight: Sight, isOld: (at: Element) => boolean): PageNumber[] {
  const isOthers = othersIn(sight);
  const byDigits = new Map<string, PageNumber | null>(); // null: an old one
  for (const read of [fields, telLinks, inputs, rows]) {
    for (const { at, raw, label } of read(sight)) {
      if (isOthers(at) || !sight.visible(at)) continue;
      const digits = raw.replace(/\D/g, "");
      const held = byDigits.get(digits);
      // Every place of a number is shown to it: a row is no newer than the link that stands in it.
      if (isOld(at)) byDigits.set(digits, null);
      else if (held === undefined && byDigits.size < MOST) byDigits.set(digits, { raw, label });
      // One entry per number; what has a label wins over the same number without.
      else if (held && !held.label) held.label = label;
    }
  }
  return [...byDigits.values()].filter((number) => number !== null);
}

export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 20 && text.length <= LONGEST && /^[+(\d]/.test(text);
}

/** The CRM's own mobile and phone: what they are is in the field's name, whatever its label. */
function* fields(sight: Sight): Generator<Found> {
  for (const [key, label] of [
    ["mobile", "Mobile"],
    ["phone", "Phone"],
  ] as const) {
    const field = sight.fields.get(key);
    for (const { at, text: raw } of field ? wordsIn(sight, field) : []) {
      if (!looksLikePhone(raw)) continue;
      yield { at, raw, label };
      break;
    }
  }
}

function* telLinks({ tels }: Sight): Generator<Found> {
  for (const at of tels) {
    const shown = textOf(at, LONGEST + 1);
    const raw = looksLikePhone(shown) ? shown : dialed(at.getAttribute("href") ?? "");
    if (looksLikePhone(raw)) yield { at, raw, label: labelOf(at) };
  }
}

function* inputs(sight: Sight): Generator<Found> {
  for (const at of sight.inputs) {
    const raw = at.value.trim();
    if (!["tel", "text"].includes(at.type) || !looksLikePhone(raw)) continue;
    const label = labelOfInput(at);
    if (namesAPhone(label)) yield { at, raw, label };
  }
}

function labelOfInput(at: HTMLInputElement): string {
  const named = at.getAttribute("aria-labelledby")?.split(/\s+/, 1)[0];
  const root = at.getRootNode() as Document | ShadowRoot;
  return (
    textOf(at.labels?.[0], 41) ||
    (at.getAttribute("aria-label") ?? "").trim() ||
    textOf(named ? root.getElementById(named) : null, 41)
  );
}

function* rows({ labels }: Sight): Generator<Found> {
  for (const { at: word, text } of labels) {
    if (!namesAPhone(text) || /\d/.test(text)) continue;
    for (const at of placesOf(word)) {
      const raw = textOf(at, LONGEST + 1);
      if (!looksLikePhone(raw)) continue;
      yield { at, raw, label: text };
      break;
    }
  }
}

function dialed(href: string): string {
  try {
    return decodeURIComponent(href.slice("tel:".length)).replace(/;ext=/i, " ext. ").trim();
  } catch {
    return "";
  }
}
