// Whether the rep can see the pane. The page around it can put anything over it that lets clicks
// through: only the browser can tell, and it tells the pane alone.

/** So long all of the pane has to be seen before a press counts: nobody's hand is quicker. */
const ENOUGH_MS = 500;
/** A few pixels may be cut off by rounding, and nothing that says who is written to. */
const ALL = 0.99;
/** In ms; Chrome looks no more often. */
const DELAY_MS = 100;

/** clear: all of it is seen with nothing over it, and has been for long enough; early: not for long
 * enough yet, as when it has just been opened. */
export type Sight = "clear" | "early" | "covered";

export function watchSight(document: Document): () => Sight {
  // Of our own document nothing counts as lying over its root: no menu and no dialog.
  const root = document.documentElement;
  let sight: Sight;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(to: Sight): void {
    clearTimeout(timer);
    sight = to;
    root.toggleAttribute("data-clear", to === "clear"); // those who drive the pane wait for it
  }

  function take(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, isVisible } of entries) {
      if (!(isIntersecting && isVisible)) turn("covered");
      else if (sight !== "clear") {
        turn("early");
        timer = setTimeout(() => turn("clear"), ENOUGH_MS);
      }
    }
  }

  const observer = new IntersectionObserver(take, {
    threshold: ALL,
    trackVisibility: true,
    delay: DELAY_MS,
  });

  // What was seen before the tab was left says nothing of what is seen on coming back.
  function begin(): void {
    turn("early");
    observer.disconnect();
    if (document.visibilityState === "visible") observer.observe(root);
  }

  document.addEventListener("visibilitychange", begin);
  begin();
  return () => {
    take(observer.takeRecords()); // what Chrome knows and has not told yet
    return sight;
  };
}
