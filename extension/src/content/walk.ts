// One walk over a page, shadow roots included: whatever the readers look for, they look for it here.

import type { Eyes } from "./eyes";
import { type Label, labelIn, mayLabel } from "./labels";

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
const MOST_STEPS = 50_000;

/** What most of a page is made of and none of the readers looks for: Chrome passes over it by itself,
 * much faster than a script could that is handed every element. Texts are found on their own. */
const REST =
  "div,span,p,b,i,em,strong,small,table,thead,tbody,tr,td,th,ul,ol,li,dl,dt,dd,label,button,option," +
  "section,article,header,footer,nav,main,img,br,svg,g,path,use";
const WORTH = `:not(${REST})`;

export function walk(document: Document, eyes: Eyes): Walked {
  const found: Walked = {
    ...{ roots: [document.body], headings: [], labels: [] },
    ...{ inputs: [], tels: [], mails: [], links: [] },
  };
  let left = MOST_STEPS;
  for (const root of found.roots) {
    for (const at of root.querySelectorAll(WORTH)) {
      if (left-- <= 0) return found;
      file(at, found, eyes);
    }
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let at = texts.nextNode(); at; at = texts.nextNode()) {
      if (left-- <= 0) return found;
      fileText(at as Text, found);
    }
  }
  return found;
}

function file(at: Element, found: Walked, eyes: Eyes): void {
  const name = at.localName;
  if (name === "a") fileLink(at as HTMLAnchorElement, found);
  else if (name === "input") found.inputs.push(at as HTMLInputElement);
  else if (name === "h1") found.headings.push(at);
  else if (name.includes("-") && found.roots.length < MOST_ROOTS) {
    const inside = eyes.shadow(at);
    if (inside) found.roots.push(inside);
  }
}

function fileText(node: Text, { labels }: Walked): void {
  const label = mayLabel(node.data) ? labelIn(node.parentElement) : null;
  // Words may stand in several texts, one after the other.
  if (label && labels.at(-1)?.at !== label.at) labels.push(label);
}

function fileLink(at: HTMLAnchorElement, { tels, mails, links }: Walked): void {
  const href = at.getAttribute("href");
  if (href === null) return;
  if (/^tel:/i.test(href)) tels.push(at);
  else if (/^mailto:/i.test(href)) mails.push(at);
  else links.push(at);
}
