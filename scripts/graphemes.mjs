// Writes shared/graphemes.json: the classes of characters by which Twilio's calculator keeps
// graphemes whole (grapheme-splitter 1.0.4, Unicode 10). Run again when the calculator is updated:
// node scripts/graphemes.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const require = createRequire(import.meta.url);
const OTHER = 11;
const HANGUL = [0xac00, 0xd7a3];
const LAST = 0x10ffff;

/** The splitter's own look-up of a code point's class, which it keeps to itself. */
export function classOf() {
  const source = readFileSync(require.resolve("grapheme-splitter"), "utf8");
  const opened = source.replace(
    /return this;\s*\}\s*if \(typeof module/,
    "return getGraphemeBreakProperty; }\nif (typeof module",
  );
  const module = { exports: {} };
  new Function("module", opened)(module);
  return new module.exports();
}

/** Runs of one class, each "gap[+more]CLASS": numbers in base 36, the class a letter from A on.
 * Hangul syllables are left out: which of two classes they have is arithmetic. */
export function runs() {
  const of = classOf();
  let packed = "";
  let [start, current, end] = [0, OTHER, 0];
  for (let code = 0; code <= LAST + 1; code++) {
    const hangul = HANGUL[0] <= code && code <= HANGUL[1];
    const next = code > LAST || hangul ? OTHER : of(code);
    if (next === current) continue;
    if (current !== OTHER) {
      const more = code - 1 - start;
      const letter = String.fromCharCode(65 + current);
      packed += (start - end).toString(36) + (more ? `+${more.toString(36)}` : "") + letter;
      end = code - 1;
    }
    [start, current] = [code, next];
  }
  return packed;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const path = fileURLToPath(new URL("../shared/graphemes.json", import.meta.url));
  const found = { source: "grapheme-splitter 1.0.4, Unicode 10", runs: runs() };
  writeFileSync(path, `${JSON.stringify(found, null, 2)}\n`);
}
