import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useLayer } from "../hooks/use_layer";
import { IconButton } from "./IconButton";

type Panel = ComponentType<{ choose(unicode: string): void }>;

/** The picker and its data are loaded when they are first asked for: the pane opens without them. */
export function EmojiButton({ insert }: { insert(emoji: string): void }) {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<{ Panel: Panel } | null>(null);
  const [failed, setFailed] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useLayer(open, () => {
    setOpen(false);
    button.current?.focus();
  });

  useEffect(() => {
    if (!open) return;
    import("../emoji/EmojiPanel").then(
      ({ EmojiPanel }) => setLoaded({ Panel: EmojiPanel }),
      () => setFailed(true),
    );
    const ends = new AbortController();
    const outside = (event: Event) => {
      const on = event.target as Node;
      if (!place.current?.contains(on) && !button.current?.contains(on)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside, { signal: ends.signal });
    document.addEventListener("focusin", outside, { signal: ends.signal });
    return () => ends.abort();
  }, [open]);

  function choose(unicode: string): void {
    setOpen(false);
    insert(unicode);
  }

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
        <div class="emoji" role="dialog" aria-label="Emoji" ref={place}>
          {loaded ? (
            <loaded.Panel choose={choose} />
          ) : (
            <p class="emoji-word">{failed ? "Emoji could not be loaded." : "Loading…"}</p>
          )}
        </div>
      )}
    </>
  );
}
