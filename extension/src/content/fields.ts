// Fields that a CRM marks by the names of its API: they stay when labels are renamed or translated.
// The table of CRM pages says where they stand.

import { textOf } from "./eyes";
import { nameIn, namesOf } from "./labels";
import { type Sight, valueBeside } from "./sight";

export interface Words {
  at: Element;
  text: string;
}

const NAMES = {
  title: namesOf("job", "title"),
  account: new Set(["account", "company", "company name", "account name"]),
  email: namesOf("work,business", "email,e-mail,email address,e-mail address"),
};
const LONGEST = 300;
const MOST_WORDS = 20;

/** A value of the record: from its marked field, or beside the words that name it. */
export function readValue(sight: Sight, key: keyof typeof NAMES): Words | null {
  const names = NAMES[key];
  const field = sight.fields.get(key);
  if (field) {
    const pieces = [...wordsIn(sight, field)];
    const label = pieces.findIndex(({ text }) => names.has(nameIn(text)));
    // A marked field that holds more than its value begins with its label.
    return (label >= 0 ? pieces[label + 1] : (pieces[1] ?? pieces[0])) ?? null;
  }
  const place = valueBeside(sight, names);
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
