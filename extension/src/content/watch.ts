// When to look at the page again: it moved, or the record on it was drawn or changed.

import { PATIENCE_MS } from "./leftovers";

const SETTLE_MS = 80; // some CRMs write the address twice for one move
const LEAST_MS = 300;
const MOST_MS = 3000;
const SHARE = 50; // of the page's time a look may take: one in so many
/** For what no observer sees: styles, values that scripts set, roots that are attached late. */
const LATER_MS = [500, 2000];
const FIELDS = "hidden class style href value aria-selected".split(" ");

/** What a look has found. */
export interface Seen {
  /** Where to watch for changes: nothing on a page that is no record. */
  roots: ParentNode[];
  changed: boolean;
  /** done: nothing is missing; later: look again soon; left: something of the record before. */
  state: "done" | "later" | "left";
}

export interface WatchNeeds {
  look(): Seen;
  /** The page has changed its address just now. */
  moved(): void;
  isOwn(node: Node): boolean;
  ends: AbortSignal;
}

/** Begins to watch; what it returns asks for a look in an idle moment. */
export function watch({ look, moved: tell, isOwn, ends }: WatchNeeds): () => void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  let lookedAt = 0;
  let between = LEAST_MS;
  let isFresh = true; // nothing was seen since the page moved
  let watched = false;
  const later: ReturnType<typeof setTimeout>[] = [];

  // Not there from the first change to the next look: a storm of changes costs nothing.
  const observer = new MutationObserver((changes) => {
    if (changes.every(isNothing)) return;
    observer.disconnect();
    soon();
  });

  /** Changes of ours, and of the page's styles. */
  function isNothing({ target, addedNodes, removedNodes }: MutationRecord): boolean {
    if (isOwn(target) || document.head?.contains(target)) return true;
    if (target !== document.documentElement) return false;
    const nodes = [...addedNodes, ...removedNodes];
    return nodes.length > 0 && nodes.every(isOwn);
  }

  function lookNow(): void {
    if (document.hidden || ends.aborted) return;
    const begun = performance.now();
    const seen = look();
    lookedAt = performance.now();
    // A page that goes on changing and has nothing new to say is looked at less and less often.
    const calm = seen.changed ? LEAST_MS : Math.min(MOST_MS, between * 1.5);
    between = Math.max(calm, (lookedAt - begun) * SHARE);
    observer.disconnect();
    if (isFresh) comeBack(seen);
    watched = seen.roots.length > 0 && !ends.aborted;
    if (!watched) return;
    const what = { subtree: true, childList: true, characterData: true, attributeFilter: FIELDS };
    observer.observe(document.documentElement, what); // its body may be replaced
    for (const root of seen.roots) if (root instanceof ShadowRoot) observer.observe(root, what);
  }

  function comeBack({ state }: Seen): void {
    isFresh = false;
    if (state === "done") return;
    const waits = state === "left" ? [...LATER_MS, PATIENCE_MS] : LATER_MS;
    for (const wait of waits) later.push(setTimeout(soon, wait));
  }

  /** In an idle moment, and not more often than the page can bear. */
  function soon(): void {
    if (asked || document.hidden) return;
    asked = true;
    const wait = Math.max(0, lookedAt + between - performance.now());
    setTimeout(() => {
      requestIdleCallback(
        () => {
          asked = false;
          lookNow();
        },
        { timeout: 500 },
      );
    }, wait);
  }

  function moved(): void {
    tell();
    clearTimeout(settling);
    for (const timer of later.splice(0)) clearTimeout(timer);
    between = LEAST_MS;
    isFresh = true;
    settling = setTimeout(lookNow, SETTLE_MS);
  }

  const options = { signal: ends };
  window.navigation?.addEventListener("currententrychange", moved, options);
  window.addEventListener("popstate", moved, options);
  window.addEventListener("hashchange", moved, options);
  window.addEventListener("pageshow", ({ persisted }) => persisted && moved(), options);
  document.addEventListener("input", () => watched && soon(), { ...options, passive: true });
  document.addEventListener("visibilitychange", soon, options);
  ends.addEventListener("abort", () => {
    observer.disconnect();
    clearTimeout(settling);
    for (const timer of later) clearTimeout(timer);
  });
  requestIdleCallback(lookNow, { timeout: 200 });
  return soon;
}
