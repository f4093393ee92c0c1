import { useEffect, useRef, useState } from "preact/hooks";
import { anyUsed, type Glyph, GROUPS, matching, ofGroup, used } from "./data";
import { EmojiGrid } from "./EmojiGrid";

/** Fewer letters match half of all. */
const LEAST_QUERY = 2;
const USED = -1;
const SMILEYS = 0;

/** Search, groups and a grid; calls `choose` with what was picked. */
export function EmojiPanel({ choose }: { choose(unicode: string): void }) {
  const [query, setQuery] = useState("");
  const [group, setGroup] = useState<number | null>(null); // until it is known what was used
  const [found, setFound] = useState<Glyph[] | null>(null);
  const [failed, setFailed] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const searching = query.trim().length >= LEAST_QUERY;
  const name = GROUPS.find((g) => g.id === group)?.name ?? "";

  useEffect(() => {
    input.current?.focus();
    const first = (any: boolean) => setGroup((chosen) => chosen ?? (any ? USED : SMILEYS));
    anyUsed().then(first, () => first(false));
  }, []);
  useEffect(() => {
    if (group === null) return;
    let current = true;
    (searching ? matching(query.trim()) : ofGroup(group))
      .then((glyphs) => current && setFound(glyphs))
      .catch(() => current && setFailed(true));
    return () => {
      current = false;
    };
  }, [searching && query, group]);

  function pick(glyph: Glyph | undefined): void {
    if (!glyph) return;
    void used(glyph.unicode);
    choose(glyph.unicode);
  }

  return (
    <div class="emoji-panel">
      <input
        ref={input}
        type="text"
        inputMode="search"
        aria-label="Search emoji"
        placeholder="Search emoji"
        autoComplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => setQuery(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") {
            event.preventDefault();
            if (searching) pick(found?.[0]);
          } else if (event.key === "ArrowDown") {
            event.preventDefault();
            grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
          }
        }}
      />
      <Groups
        group={searching ? null : group}
        choose={(id) => {
          setQuery("");
          setGroup(id);
        }}
      />
      <EmojiGrid
        key={searching ? query : String(group)}
        place={grid}
        label={searching ? "Found" : name}
        glyphs={found ?? []}
        pick={pick}
        leave={() => input.current?.focus()}
      />
      <p class="emoji-word" role="status">
        {failed
          ? "Emoji could not be loaded."
          : found?.length === 0 && (searching ? "Nothing found" : "Nothing yet")}
        {searching && found && found.length > 0 && <span class="unseen">{found.length} found</span>}
      </p>
    </div>
  );
}

/** One stop for Tab, as the grid is: arrows choose the group beside. */
function Groups({ group, choose }: { group: number | null; choose(id: number): void }) {
  const place = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    GROUPS.findIndex(({ id }) => id === group),
  );

  function move(event: KeyboardEvent): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = GROUPS[at + step];
    if (!step || !next) return;
    event.preventDefault();
    choose(next.id);
    place.current?.querySelectorAll<HTMLElement>("button")[at + step]?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would bring a frame of its own
    <div class="emoji-groups" role="group" aria-label="Groups" ref={place} onKeyDown={move}>
      {GROUPS.map(({ id, icon, name }, index) => (
        <button
          key={id}
          type="button"
          aria-label={name}
          title={name}
          aria-pressed={id === group}
          tabIndex={index === at ? 0 : -1}
          onClick={() => choose(id)}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}
