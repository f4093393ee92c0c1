import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { usePopover } from "../hooks/use_popover";
import { IconButton } from "./IconButton";

type Panel = ComponentType<{ choose(unicode: string): void }>;

/** The picker and its data are loaded when they are first asked for: the pane opens without them. */
export function EmojiButton({ insert }: { insert(emoji: string): void }) {
  const { open, place, button, toggle, close } = usePopover();
  const [loaded, setLoaded] = useState<{ Panel: Panel } | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    if (!open) return;
    setFailed(false);
    import("../emoji/EmojiPanel").then(
      ({ EmojiPanel }) => setLoaded({ Panel: EmojiPanel }),
      () => setFailed(true),
    );
  }, [open]);

  function choose(unicode: string): void {
    close(false);
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
        onClick={toggle}
      />
      {open && (
        <div class="popover emoji" role="dialog" aria-label="Emoji" ref={place}>
          {loaded ? (
            <loaded.Panel choose={choose} />
          ) : (
            <p class="emoji-word" role="status">
              {failed ? "Emoji could not be loaded. Open this again to try once more." : "Loading…"}
            </p>
          )}
        </div>
      )}
    </>
  );
}
