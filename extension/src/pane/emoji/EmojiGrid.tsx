import type { RefObject } from "preact";
import { useState } from "preact/hooks";
import type { Glyph } from "./data";

/** As in emoji.css. */
const COLUMNS = 8;

interface Props {
  place: RefObject<HTMLDivElement | null>;
  label: string;
  glyphs: readonly Glyph[];
  pick(glyph: Glyph): void;
  /** Up from the first row. */
  leave(): void;
}

/** One stop for Tab; arrows move within. */
export function EmojiGrid({ place, label, glyphs, pick, leave }: Props) {
  const [active, setActive] = useState(0);
  const steps: Record<string, number> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: COLUMNS,
    ArrowUp: -COLUMNS,
    Home: -glyphs.length,
    End: glyphs.length,
  };

  function move(event: KeyboardEvent): void {
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && active < COLUMNS) {
      leave();
      return;
    }
    const next = Math.max(0, Math.min(glyphs.length - 1, active + step));
    setActive(next);
    place.current?.querySelectorAll<HTMLElement>("button")[next]?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own
    <div class="emoji-grid" ref={place} role="group" aria-label={label} onKeyDown={move}>
      {glyphs.map((glyph, index) => (
        <button
          key={glyph.unicode}
          type="button"
          aria-label={glyph.name}
          title={glyph.name}
          tabIndex={index === active ? 0 : -1}
          onFocus={() => setActive(index)}
          onClick={() => pick(glyph)}
        >
          {glyph.unicode}
        </button>
      ))}
    </div>
  );
}
