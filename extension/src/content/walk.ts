// One walk over a page, shadow roots included: whatever the readers look for, they look for it here.

import type { Eyes } from "./eyes";
import { type Label, wordsOf } from "./labels";

export interface Walked {
  /** The body and the shadow roots below it. */
  roots: ParentNode[];
  headings: Element[];
  labels: Label[];
  inputs: HTMLInputElement[];
  tels: Element[];
  mails: Element[];
  /** The other links. */
  links: HTMLAnchorElement[];
}

const MOST_ROOTS = 500;
const MOST_ELEMENTS = 50_000;

export function walk(document: Document, eyes: Eyes): Walked {
  const found: Walked = {
    ...{ roots: [document.body], headings: [], labels: [] },
    ...{ inputs: [], tels: [], mails: [], links: [] },
  };
  let left = MOST_ELEMENTS;
  for (let next = 0; next < found.roots.length; next++) {
    for (const at of found.roots[next]?.querySelectorAll("*") ?? []) {
      if (left-- <= 0) return found;
      file(at, found, eyes);
    }
  }
  return found;
}

function file(at: Element, found: Walked, eyes: Eyes): void {
  const name = at.localName;
  if (name === "a") fileLink(at as HTMLAnchorElement, found);
  else if (name === "input") found.inputs.push(at as HTMLInputElement);
  else if (name === "h1") found.headings.push(at);
  else if (name.includes("-")) {
    const inside = found.roots.length < MOST_ROOTS ? eyes.shadow(at) : null;
    if (inside) found.roots.push(inside);
  } else {
    const text = wordsOf(at);
    if (text) found.labels.push({ at, text });
  }
}

function fileLink(at: HTMLAnchorElement, { tels, mails, links }: Walked): void {
  const href = at.getAttribute("href");
  if (href === null) return;
  if (/^tel:/i.test(href)) tels.push(at);
  else if (/^mailto:/i.test(href)) mails.push(at);
  else links.push(at);
}
