// What a page calls a value: the words beside it.

import { closestOf, parentOf, textOf } from "./eyes";

const LONGEST = 40;
const NAMES_A_PHONE =
  /\b(phone|mobile|cell|cellular|handy|móvil|tel|telephone|office|work|home|direct|main|fax)\b/i;
const WORDS = new Set("dt th td label span div p b strong small".split(" "));

export function namesAPhone(text: string): boolean {
  return NAMES_A_PHONE.test(text) && text.length <= LONGEST;
}

export interface Label {
  at: Element;
  text: string;
}

/** Words of which every label that is looked for has one. Most texts of a page have none: one test
 * spares them all the others. */
const MAY_NAME =
  /phone|mobile|cell|handy|móvil|\btel\b|office|work|home|direct|main|fax|title|account|company|mail|zone|state|province|address|location|city/i;

/** The element's text if it holds nothing but a few words that may name a value, else "". */
export function wordsOf(at: Element): string {
  const { firstChild } = at;
  if (!(firstChild instanceof Text) || at.childElementCount > 0) return "";
  const raw = firstChild === at.lastChild ? firstChild.data : (at.textContent ?? "");
  if (raw.length > 4 * LONGEST || !MAY_NAME.test(raw) || !WORDS.has(at.localName)) return "";
  const text = raw.replace(/\s+/g, " ").trim();
  return text.length <= LONGEST ? text : "";
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
