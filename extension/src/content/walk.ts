// One walk over a page, shadow roots included: whatever the readers look for, they look for it here.

import type { Eyes } from "./eyes";
import { type Label, labelIn, mayName } from "./labels";

export interface Walked {
  /** The body and the shadow roots below it. */
  roots: ParentNode[];
  headings: Element[];
  labels: Label[];
  inputs: HTMLInputElement[];
  tels: Element[];
  mails: Element[];
  /** What the caller's own selector finds. */
  marked: Element[];
}

const MOST_ROOTS = 500;
const MOST_STEPS = 50_000;
const CHARACTERS_A_STEP = 256;

/** What most of a page is made of and none of the readers looks for: Chrome passes over it by itself,
 * much faster than a script could that is handed every element. Labels and other links are found on
 * their own. */
const REST =
  "div,span,a,p,b,i,em,strong,small,table,thead,tbody,tr,td,th,ul,ol,li,dl,dt,dd,label,button,option," +
  "section,article,header,footer,nav,main,img,br,svg,g,path,use";
const WORTH = `:not(${REST}),a[href^="tel:" i],a[href^="mailto:" i]`;

interface Budget {
  left: number;
}

/** `marked` is a selector, or "" for none. */
export function walk(document: Document, eyes: Eyes, marked: string): Walked {
  const found: Walked = {
    ...{ roots: [document.body], headings: [], labels: [] },
    ...{ inputs: [], tels: [], mails: [], marked: [] },
  };
  const budget = { left: MOST_STEPS };
  const worth = marked ? `${WORTH},${marked}` : WORTH;
  for (const root of found.roots) {
    for (const at of root.querySelectorAll(worth)) {
      if (budget.left-- <= 0) return found;
      if (marked && at.matches(marked)) found.marked.push(at);
      file(at, found, eyes);
    }
    readLabels(root, found.labels, budget);
  }
  return found;
}

function file(at: Element, found: Walked, eyes: Eyes): void {
  const name = at.localName;
  if (name === "a") fileLink(at, found);
  else if (name === "input") found.inputs.push(at as HTMLInputElement);
  else if (name === "h1") found.headings.push(at);
  else if (name.includes("-") && found.roots.length < MOST_ROOTS) {
    const inside = eyes.shadow(at);
    if (inside) found.roots.push(inside);
  }
}

function fileLink(at: Element, { tels, mails }: Walked): void {
  const href = at.getAttribute("href") ?? "";
  if (/^tel:/i.test(href)) tels.push(at);
  else if (/^mailto:/i.test(href)) mails.push(at);
}

/** Where no word of a label stands in all that an element holds, nothing in it is looked at: a feed of
 * hundreds of notes is one step. */
function readLabels(root: ParentNode, labels: Label[], budget: Budget): void {
  for (let at = root.firstElementChild; at && budget.left-- > 0; ) {
    const inner = at.firstElementChild;
    // An only child holds what the element around it does.
    const isWorth = inner?.nextElementSibling === null || mayLabel(at, budget);
    const label = isWorth && !inner ? labelIn(at) : null;
    if (label) labels.push(label);
    at = (isWorth && inner) || following(at, root);
  }
}

function mayLabel(at: Element, budget: Budget): boolean {
  const text = at.textContent ?? "";
  budget.left -= text.length / CHARACTERS_A_STEP;
  return mayName(text);
}

/** The next element below the root that is not in this one. */
function following(element: Element, root: ParentNode): Element | null {
  for (let at: Element | null = element; at && at !== root; at = at.parentElement) {
    if (at.nextElementSibling) return at.nextElementSibling;
  }
  return null;
}
