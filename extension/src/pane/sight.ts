// Whether the rep can see the pane. The page around it can put anything over it that lets clicks
// through: only the browser can tell, and it tells the pane alone.

/** So long all of the pane has to be seen before a press counts: nobody's hand is quicker. */
const ENOUGH_MS = 500;
/** A few pixels may be cut off by rounding, and nothing that says who is written to. */
const ALL = 0.99;
/** In ms; Chrome looks no more often. */
const DELAY_MS = 100;

/** True while all of it is seen with nothing over it, and has been for long enough. */
export type IsClear = () => boolean;

export function watchSight(document: Document): IsClear {
  // Of our own document nothing counts as lying over its root: no menu and no dialog.
  const root = document.documentElement;
  let clear = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(on: boolean): void {
    clear = on;
    root.toggleAttribute("data-clear", on); // those who drive the pane wait for it
  }

  function take(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, isVisible } of entries) {
      clearTimeout(timer);
      if (isIntersecting && isVisible) timer = setTimeout(() => turn(true), ENOUGH_MS);
      else turn(false);
    }
  }

  const observer = new IntersectionObserver(take, {
    threshold: ALL,
    trackVisibility: true,
    delay: DELAY_MS,
  });

  // What was seen before the tab was left says nothing of what is seen on coming back.
  function begin(): void {
    clearTimeout(timer);
    turn(false);
    observer.disconnect();
    if (document.visibilityState === "visible") observer.observe(root);
  }

  document.addEventListener("visibilitychange", begin);
  begin();
  return () => {
    take(observer.takeRecords()); // what Chrome knows and has not told yet
    return clear;
  };
}
