// Emoji, looked up in the data of emoji-picker-element-data, a file of the extension itself. Its
// picker is not used: it wants inline styles, which our content policy forbids, and IndexedDB, which
// a browser may deny to a frame in somebody else's page.
import address from "emoji-picker-element-data/en/emojibase/data.json";

export interface Glyph {
  unicode: string;
  name: string;
}

/** One entry of the data, in Emojibase's form. */
interface Entry {
  emoji: string;
  annotation: string;
  tags?: string[];
  shortcodes?: string[];
  group: number;
  version: number;
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
const TONES = 2;
/** Counts are no secret, so they may lie where content scripts could read them. */
const KEY = "emoji used";

let loading: Promise<Entry[]> | null = null;

function entries(): Promise<Entry[]> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Entry[]> {
  // The build puts the data beside the code and gives its relative address.
  const answer = await fetch(new URL(address as unknown as string, import.meta.url));
  const all = (await answer.json()) as Entry[];
  return all.filter(({ version, group }) => version <= NEWEST_VERSION && group !== TONES);
}

export async function ofGroup(group: number): Promise<Glyph[]> {
  const all = await entries();
  if (group >= 0) return glyphs(all.filter((entry) => entry.group === group));
  const counts = await uses();
  const often = all.filter(({ emoji }) => counts[emoji]);
  often.sort((a, b) => (counts[b.emoji] ?? 0) - (counts[a.emoji] ?? 0));
  return glyphs(often.slice(0, MOST));
}

/** Emoji of which some word begins with each word of the query. */
export async function matching(query: string): Promise<Glyph[]> {
  const wanted = query.toLowerCase().split(/\s+/);
  const begins = (words: string[]) =>
    wanted.every((part) => words.some((word) => word.startsWith(part)));
  return glyphs((await entries()).filter((entry) => begins(wordsOf(entry))));
}

/** Whether there is something to show as used most. */
export const anyUsed = async () => Object.keys(await uses()).length > 0;

export async function used(unicode: string): Promise<void> {
  const counts = await uses();
  counts[unicode] = (counts[unicode] ?? 0) + 1;
  here = counts;
  await globalThis.chrome?.storage?.local.set({ [KEY]: counts });
}

/** For a page without the extension's storage. */
let here: Record<string, number> = {};

async function uses(): Promise<Record<string, number>> {
  const kept = await globalThis.chrome?.storage?.local.get(KEY);
  return (kept?.[KEY] as Record<string, number> | undefined) ?? here;
}

function wordsOf({ annotation, tags = [], shortcodes = [] }: Entry): string[] {
  return [annotation, ...tags, ...shortcodes].flatMap((text) => text.toLowerCase().split(/[\s_]+/));
}

function glyphs(found: Entry[]): Glyph[] {
  return found.map(({ emoji, annotation }) => ({ unicode: emoji, name: annotation }));
}
