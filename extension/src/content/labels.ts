// What a page calls a value: the words beside it.

import { closestOf, parentOf, textOf } from "./eyes";

const LONGEST = 40;
const MOST_RAW = 4 * LONGEST; // with the spaces of the mark-up
const NAMES_A_PHONE =
  /\b(phone|mobile|cell|cellular|handy|móvil|tel|telephone|office|work|home|direct|main|fax)\b/i;
const WORDS = new Set("dt th td label span div p b strong small".split(" "));

export function namesAPhone(text: string): boolean {
  return NAMES_A_PHONE.test(text) && text.length <= LONGEST;
}

/** Each of the names, alone and after each of the words. Both are lists with commas. A set is there at
 * once; a pattern Chrome compiles twice, for longer than a page is read with it. */
export function namesOf(words: string, names: string): Set<string> {
  const all = names.split(",");
  return new Set([
    ...all,
    ...words.split(",").flatMap((word) => all.map((name) => `${word} ${name}`)),
  ]);
}

/** A label as `namesOf` writes it: "State / Province:" is "state/province". */
export function nameIn(text: string): string {
  const name = text.toLowerCase();
  const plain = name.endsWith(":") ? name.slice(0, -1) : name;
  return plain.includes("/") ? plain.replace(" /", "/").replace("/ ", "/") : plain;
}

export interface Label {
  at: Element;
  text: string;
  /** The text as `nameIn` gives it. */
  name: string;
}

/** Words of which every label that is looked for has one. */
const MAY_NAME =
  /phone|mobile|cell|handy|móvil|\btel\b|office|work|home|direct|main|fax|title|account|company|mail|zone|state|province|address|location|city/i;

/** Whether a label may stand in a text: the first test, and for most texts the last. */
export function mayName(text: string): boolean {
  return MAY_NAME.test(text);
}

/** The element as a label, if it holds nothing but a few words. */
export function labelIn(at: Element): Label | null {
  if (at.childElementCount > 0 || !WORDS.has(at.localName)) return null;
  const raw = at.textContent ?? "";
  const text = raw.length <= MOST_RAW ? raw.replace(/\s+/g, " ").trim() : "";
  return text && text.length <= LONGEST ? { at, text, name: nameIn(text) } : null;
}

/** Where the value of a label may stand, the likeliest place first. */
export function placesOf(label: Element): Element[] {
  const places: (Element | null | undefined)[] = [];
  if (label.localName === "dt") {
    for (let next = label.nextElementSibling; next?.localName === "dd"; ) {
      places.push(next);
      next = next.nextElementSibling;
    }
  } else {
    places.push(label.nextElementSibling);
    if (isCell(label)) places.push(label.previousElementSibling);
    const parent = label.parentElement;
    if (parent?.childElementCount === 1) places.push(parent.nextElementSibling);
  }
  return places.filter((place) => place instanceof Element);
}

/** The label of a value, empty when nothing beside it says what it is. */
export function labelOf(value: Element): string {
  const own = value.getAttribute("aria-label") ?? value.getAttribute("title") ?? "";
  if (namesAPhone(own) && !/\d/.test(own)) return own.trim();
  const dd = closestOf(value, "dd");
  if (dd) return textOf(before(dd, "dt"), LONGEST);
  const cell = closestOf(value, "td");
  if (cell) return labelOfCell(cell);
  let unit = 'a[href^="tel:" i]'; // what a number stands in here
  for (let at: Element = value, steps = 0; steps < 3; ) {
    for (const beside of [at.previousElementSibling, at.nextElementSibling]) {
      const text = textOf(beside, LONGEST + 1);
      if (namesAPhone(text) && !/\d/.test(text)) return text;
    }
    const parent = parentOf(at);
    // Further up the words may be about another number.
    if (!parent || parent.querySelectorAll(unit).length > 1) return "";
    if (parent.shadowRoot || !at.parentElement) unit = parent.localName;
    else steps += 1;
    at = parent;
  }
  return "";
}

function labelOfCell(cell: Element): string {
  const headers = cell.parentElement?.querySelectorAll(":scope > th") ?? [];
  if (headers.length === 1) return textOf(headers[0], LONGEST);
  for (const beside of [cell.previousElementSibling, cell.nextElementSibling]) {
    const text = textOf(beside, LONGEST + 1);
    if (namesAPhone(text) && !/\d/.test(text)) return text;
  }
  return "";
}

function before(element: Element, name: string): Element | null {
  let at = element.previousElementSibling;
  while (at && at.localName !== name) at = at.previousElementSibling;
  return at;
}

function isCell(element: Element): boolean {
  return element.localName === "td" || element.localName === "th";
}
