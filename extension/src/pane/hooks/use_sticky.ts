import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { usePane } from "../context";

/** So near to the end counts as there: half a line may be cut off. */
const NEAR = 24;

/**
 * Keeps the log where the reader is: at the end if they were at the end, else on the same line,
 * also when older messages come in above. `first` and `count` tell what was drawn.
 */
export function useSticky(
  log: RefObject<HTMLElement | null>,
  content: RefObject<HTMLElement | null>,
  first: string,
) {
  const { ui } = usePane();
  const seen = useRef({ first, height: 0 });

  const toEnd = () => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
    ui.atBottom.value = true;
  };

  useLayoutEffect(() => {
    const element = log.current;
    if (!element) return;
    const height = element.scrollHeight;
    if (ui.atBottom.peek()) element.scrollTop = height;
    else if (seen.current.first !== first) element.scrollTop += height - seen.current.height;
    seen.current = { first, height };
  });

  useEffect(() => {
    if (!log.current || !content.current) return;
    // The window, the composer and late fonts change heights without drawing the log again.
    const observer = new ResizeObserver(() => {
      if (ui.atBottom.peek()) toEnd();
    });
    observer.observe(log.current);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return {
    toEnd,
    /** Call on scroll. */
    look(): void {
      const e = log.current;
      if (e) ui.atBottom.value = e.scrollHeight - e.scrollTop - e.clientHeight < NEAR;
    },
  };
}
