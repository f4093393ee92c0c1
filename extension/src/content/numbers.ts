// The phone numbers on a page with the labels that the page gives them: tel: links, labelled inputs,
// and rows. A number without a label stays without one: nobody here guesses that it is a mobile.

import type { PageNumber } from "../lib/messages";
import { type Eyes, rootsOf, textOf } from "./eyes";
import { labelOf, labelsIn, namesAPhone, placesOf } from "./labels";

const LONGEST = 64;
const MOST = 20;

interface Found extends PageNumber {
  at: Element;
}

/** `isOthers` tells numbers that belong to another record listed on the page: they are left out. */
export function readNumbers(
  document: Document,
  eyes: Eyes,
  isOthers: (element: Element) => boolean,
): PageNumber[] {
  const found: Found[] = [];
  for (const root of rootsOf(document, eyes)) {
    for (const read of [telLinks, inputs, rows]) {
      for (const number of read(root)) {
        if (eyes.visible(number.at) && !isOthers(number.at)) found.push(number);
      }
    }
  }
  return distinct(found).slice(0, MOST);
}

export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  return digits >= 7 && digits <= 20 && text.length <= LONGEST && /^[+(\d]/.test(text);
}

function* telLinks(root: ParentNode): Generator<Found> {
  for (const at of root.querySelectorAll('a[href^="tel:" i]')) {
    const shown = textOf(at, LONGEST + 1);
    const raw = looksLikePhone(shown) ? shown : dialed(at.getAttribute("href") ?? "");
    if (looksLikePhone(raw)) yield { at, raw, label: labelOf(at) };
  }
}

function* inputs(root: ParentNode): Generator<Found> {
  for (const at of root.querySelectorAll("input")) {
    const raw = at.value.trim();
    if (!["tel", "text"].includes(at.type) || !looksLikePhone(raw)) continue;
    const named = at.getAttribute("aria-labelledby");
    const label =
      textOf(at.labels?.[0], 41) ||
      (at.getAttribute("aria-label") ?? "").trim() ||
      textOf(named ? at.ownerDocument.getElementById(named) : null, 41);
    if (namesAPhone(label)) yield { at, raw, label };
  }
}

function* rows(root: ParentNode): Generator<Found> {
  for (const { at: word, text } of labelsIn(root)) {
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
    return decodeURIComponent(href.slice("tel:".length)).replace(/;ext=/, " ext. ").trim();
  } catch {
    return "";
  }
}

/** One entry per number; what has a label wins over the same number without. */
function distinct(found: Found[]): PageNumber[] {
  const byDigits = new Map<string, PageNumber>();
  for (const { raw, label } of found) {
    const digits = raw.replace(/\D/g, "");
    const held = byDigits.get(digits);
    if (!held) byDigits.set(digits, { raw, label });
    else if (!held.label) held.label = label;
  }
  return [...byDigits.values()];
}
