// Fields that a CRM marks by the names of its API: they stay when labels are renamed or translated.
// The table of CRM pages says where they stand.

import type { CrmFields } from "../wire";
import { textOf } from "./eyes";
import { type Sight, valueBeside } from "./sight";

export interface Words {
  at: Element;
  text: string;
}

const LABELS: Partial<Record<keyof CrmFields, RegExp>> = {
  title: /^(job )?title:?$/i,
  account: /^(account|company|company name|account name):?$/i,
  email: /^(work |business )?e-?mail( address)?:?$/i,
};
const LONGEST = 300;
const MOST_WORDS = 20;

/** A value of the record: from its marked field, or beside the words that name it. */
export function readValue(sight: Sight, key: "title" | "account" | "email"): Words | null {
  const words = LABELS[key] ?? /^$/;
  const field = sight.fields.get(key);
  if (field) {
    const pieces = [...wordsIn(sight, field)];
    const label = pieces.findIndex(({ text }) => words.test(text));
    // A marked field that holds more than its value begins with its label.
    return (label >= 0 ? pieces[label + 1] : (pieces[1] ?? pieces[0])) ?? null;
  }
  const place = valueBeside(sight, words);
  const at = place?.querySelector("a") ?? place;
  if (!at) return null;
  const text = at.querySelector("button") ? "" : textOf(at, LONGEST);
  if (text) return { at, text };
  for (const found of wordsIn(sight, at)) return found;
  return null;
}

/** The pieces of text in an element and what it is made of, shadow roots and inputs included,
 * buttons left out. */
export function* wordsIn(sight: Sight, element: Element, budget = { left: 200 }): Generator<Words> {
  if (budget.left-- <= 0 || element.localName === "button") return;
  if (element instanceof HTMLInputElement) {
    const text = element.value.trim().slice(0, LONGEST);
    if (text) yield { at: element, text };
    return;
  }
  const own = ownText(element);
  if (own && sight.visible(element)) yield { at: element, text: own };
  const inside = element.localName.includes("-") ? sight.shadow(element) : null;
  const children = [...(inside?.children ?? []), ...element.children].slice(0, MOST_WORDS);
  for (const child of children) yield* wordsIn(sight, child, budget);
}

function ownText(element: Element): string {
  let text = "";
  for (const node of element.childNodes) if (node instanceof Text) text += node.data;
  return text.replace(/\s+/g, " ").trim().slice(0, LONGEST);
}
