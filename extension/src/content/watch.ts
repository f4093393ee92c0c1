// When to look at the page again: it moved, or the record on it was drawn or changed.

const SETTLE_MS = 80; // some CRMs write the address twice for one move
const BETWEEN_MS = 300;
const LATER_MS = [500, 2000]; // pages without a record in their address get no observer

export interface WatchNeeds {
  /** Looks at the page; true when it is a record's page and so worth observing. */
  look(): boolean;
  isOwn(node: Node): boolean;
  ends: AbortSignal;
}

export function watch({ look, isOwn, ends }: WatchNeeds): void {
  let settling: ReturnType<typeof setTimeout> | undefined;
  let asked = false;
  let lookedAt = 0;
  const later: ReturnType<typeof setTimeout>[] = [];

  const observer = new MutationObserver((changes) => {
    if (!changes.every(({ target }) => isOwn(target))) soon();
  });

  function lookNow(): void {
    if (document.hidden || ends.aborted) return;
    lookedAt = performance.now();
    const isRecord = look();
    observer.disconnect();
    if (!isRecord || ends.aborted) return;
    observer.observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
      attributeFilter: ["hidden", "class", "style", "href", "value"],
    });
  }

  /** In an idle moment, and not more often than the page can bear. */
  function soon(): void {
    if (asked || document.hidden) return;
    asked = true;
    const wait = Math.max(0, lookedAt + BETWEEN_MS - performance.now());
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
    clearTimeout(settling);
    for (const timer of later.splice(0)) clearTimeout(timer);
    settling = setTimeout(() => {
      lookNow();
      for (const wait of LATER_MS) later.push(setTimeout(soon, wait));
    }, SETTLE_MS);
  }

  const options = { signal: ends };
  window.navigation?.addEventListener("currententrychange", moved, options);
  window.addEventListener("popstate", moved, options);
  window.addEventListener("hashchange", moved, options);
  window.addEventListener("pageshow", moved, options);
  document.addEventListener("visibilitychange", soon, options);
  ends.addEventListener("abort", () => observer.disconnect());
  lookNow();
  moved();
}
