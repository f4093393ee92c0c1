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
  /** `refocus` gives the focus back to where it was: the button, or the text. */
  close(refocus?: boolean): void;
}

/** Something small above the composer: Escape, a click and the focus elsewhere close it. */
export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef<Element | null>(null);

  function show(): void {
    before.current = document.activeElement;
    setOpen(true);
  }

  function close(refocus = true): void {
    setOpen(false);
    if (!refocus) return;
    const from = before.current;
    const back = from instanceof HTMLTextAreaElement && from.isConnected ? from : button.current;
    back?.focus();
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

  return { open, place, button, close, show, toggle: open ? () => setOpen(false) : show };
}
