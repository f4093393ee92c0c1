import type { RefObject } from "preact";
import { useEffect, useState } from "preact/hooks";

/** How far outside of the screen something begins to load, so that it is there when it is seen. */
const AHEAD = "300px";

/** True once the element has come near to the screen. */
export function useSeen(element: RefObject<HTMLElement | null>): boolean {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (seen || !element.current) return;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      // Of what scrolls: a margin of the window does not reach into it.
      { root: element.current.closest(".log"), rootMargin: AHEAD },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [seen]);
  return seen;
}
