import { useEffect, useRef, useState } from "preact/hooks";
import { useLayer } from "../hooks/use_layer";
import { IconButton } from "./IconButton";

/** The picker is ten times the pane's own code, so it is loaded when it is first asked for. */
export function EmojiButton({ insert }: { insert(emoji: string): void }) {
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }
  useLayer(open, close);

  useEffect(() => {
    const host = place.current;
    if (!open || !host) return;
    const ends = new AbortController();
    import("../emoji")
      .then(({ emojiPicker }) => {
        if (ends.signal.aborted) return;
        host.replaceChildren(
          emojiPicker((emoji) => {
            setOpen(false);
            insert(emoji);
          }),
        );
      })
      .catch(() => setFailed(true));
    const outside = (event: Event) => {
      const path = event.composedPath();
      if (!path.includes(host) && !path.includes(button.current as EventTarget)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside, { signal: ends.signal });
    document.addEventListener("focusin", outside, { signal: ends.signal });
    return () => ends.abort();
  }, [open]);

  return (
    <>
      <IconButton
        ref={button}
        icon="smile"
        label="Emoji"
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={() => setOpen(!open)}
      />
      {open && (
        <div class="emoji" role="dialog" aria-label="Emoji">
          <div ref={place}>{failed ? "Emoji could not be loaded." : "Loading…"}</div>
        </div>
      )}
    </>
  );
}
