// @tanstack/virtual-core: it draws nothing and knows no framework, so Preact 11 needs no alias for
// React's packages (virtua and react-virtuoso do), and it keeps 2,000 rows as light as ten.
import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from "@tanstack/virtual-core";
import type { RefObject } from "preact";
import { useLayoutEffect, useReducer, useRef } from "preact/hooks";

type Rows = Virtualizer<HTMLElement, HTMLElement>;

export function useVirtual(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  size: number,
): Rows {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<Rows | null>(null);
  const options = {
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    overscan: 6,
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => redraw(undefined),
    initialRect: { width: 272, height: 600 },
  };
  held.current ??= new Virtualizer<HTMLElement, HTMLElement>(options);
  const virtual = held.current;
  virtual.setOptions(options);
  useLayoutEffect(() => virtual._didMount(), []);
  useLayoutEffect(() => virtual._willUpdate());
  return virtual;
}
