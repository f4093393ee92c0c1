// Whether the rep can see the pane. The page around it can put anything over it that lets clicks
// through: only the browser can tell, and it tells the pane alone.

/** So long all of the pane has to be seen before a press counts: nobody's hand is quicker. */
const ENOUGH_MS = 500;
/** A few pixels may be cut off by rounding, and nothing that says who is written to. */
const ALL = 0.99;
/** In ms; Chrome looks no more often. */
const DELAY_MS = 100;
/** Chrome now and then leaves a change untold, so it is asked anew: a newly observed element is always
 * told of. */
const AGAIN_MS = 500;

/** clear: all of it is seen with nothing over it, and has been for long enough; early: not for long
 * enough yet, as when it has just been opened. */
export type Sight = "clear" | "early" | "covered";

export function watchSight(document: Document): () => Sight {
  const root = document.documentElement;
  let watched: Element = root;
  let sight: Sight;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function turn(to: Sight): void {
    clearTimeout(timer);
    timer = undefined;
    sight = to;
    root.toggleAttribute("data-clear", to === "clear"); // those who drive the pane wait for it
  }

  /** Of our own document nothing counts as lying over its root but a modal dialog, which is then what
   * is looked at and pressed. A page's cover is over all of the frame, and so over either. */
  function front(): Element {
    return document.querySelector("dialog[open]") ?? root;
  }

  // That a dialog came or went says nothing of the page: the pane is in sight as it was before.
  function follow(): void {
    const before = watched;
    watched = front();
    if (watched === before) return;
    observer.unobserve(before);
    observer.observe(watched);
  }

  function take(entries: IntersectionObserverEntry[]): void {
    follow();
    for (const { target, isIntersecting, isVisible, intersectionRatio } of entries) {
      if (target !== watched) continue;
      // Nothing of it is shown: it is loaded ahead, or was put away.
      if (intersectionRatio === 0) turn("early");
      else if (!(isIntersecting && isVisible)) turn("covered");
      else if (sight !== "clear" && timer === undefined) {
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

  /** What Chrome knows and has not told yet. */
  function hear(): void {
    take(observer.takeRecords());
  }

  function ask(): void {
    hear();
    observer.disconnect();
    if (document.visibilityState === "visible") observer.observe(watched);
  }

  // What was seen before the tab was left says nothing of what is seen on coming back, nor does what
  // is heard of it only now.
  function begin(): void {
    ask();
    turn("early");
  }

  document.addEventListener("visibilitychange", begin);
  setInterval(ask, AGAIN_MS);
  begin();
  return () => {
    hear();
    return sight;
  };
}
