// Emoji data, search and what was used most: emoji-picker-element's database with the data from this
// package, so nothing is fetched from elsewhere. Its element is not used: it needs inline styles,
// which the extension's content security policy forbids.
import Database from "emoji-picker-element/database";
import type { Emoji } from "emoji-picker-element/shared";
import address from "emoji-picker-element-data/en/emojibase/data.json";

export interface Glyph {
  unicode: string;
  name: string;
}

/** Unicode's groups, but for that of skin tones and hair (2); -1 is what was used most. */
export const GROUPS = [
  { id: -1, icon: "🕘", name: "Used most" },
  { id: 0, icon: "😀", name: "Smileys" },
  { id: 1, icon: "👋", name: "People" },
  { id: 3, icon: "🐱", name: "Animals and nature" },
  { id: 4, icon: "🍎", name: "Food and drink" },
  { id: 5, icon: "🏠", name: "Travel and places" },
  { id: 6, icon: "⚽", name: "Activities" },
  { id: 7, icon: "📝", name: "Objects" },
  { id: 8, icon: "❤️", name: "Symbols" },
  { id: 9, icon: "🏁", name: "Flags" },
] as const;

/** Newer ones are empty boxes on the phones and computers of many. */
const NEWEST_VERSION = 15;
const MOST = 40;

let database: Database | null = null;

function open(): Database {
  // The build puts the data beside the code and gives its relative address.
  const dataSource = new URL(address as unknown as string, import.meta.url).href;
  database ??= new Database({ dataSource, locale: "en" });
  return database;
}

export async function ofGroup(group: number): Promise<Glyph[]> {
  const found = await (group < 0
    ? open().getTopFavoriteEmoji(MOST)
    : open().getEmojiByGroup(group));
  return glyphs(found as Emoji[]);
}

export async function matching(query: string): Promise<Glyph[]> {
  return glyphs((await open().getEmojiBySearchQuery(query)) as Emoji[]);
}

export function used(unicode: string): void {
  void open().incrementFavoriteEmojiCount(unicode);
}

function glyphs(found: Emoji[]): Glyph[] {
  return found.flatMap((one) =>
    "unicode" in one && one.version <= NEWEST_VERSION
      ? [{ unicode: one.unicode, name: one.annotation }]
      : [],
  );
}
