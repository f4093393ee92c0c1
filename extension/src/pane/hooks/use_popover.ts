import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLayer } from "./use_layer";

export interface Popover {
  open: boolean;
  /** On the part that opens. */
  place: RefObject<HTMLDivElement | null>;
  /** On the button that opens it. */
  button: RefObject<HTMLButtonElement | null>;
  toggle(): void;
  show(): void;
  /** `refocus` gives the focus back to the button. */
  close(refocus?: boolean): void;
}

/** Something small above the composer: Escape, a click and the focus elsewhere close it. */
export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function close(refocus = true): void {
    setOpen(false);
    if (refocus) button.current?.focus();
  }
  useLayer(open, close);

  useEffect(() => {
    if (!open) return;
    const ends = new AbortController();
    const outside = (event: Event) => {
      const on = event.target as Node;
      if (!place.current?.contains(on) && !button.current?.contains(on)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside, { signal: ends.signal });
    document.addEventListener("focusin", outside, { signal: ends.signal });
    return () => ends.abort();
  }, [open]);

  return { open, place, button, close, show: () => setOpen(true), toggle: () => setOpen(!open) };
}
