// Bundles the gallery into a folder: node gallery.build.mjs <folder>
import { copyFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = process.argv[2];
if (!outdir) throw new Error("say which folder to write to");

await build({
  absWorkingDir: here,
  entryPoints: ["gallery.ts"],
  outdir,
  bundle: true,
  format: "esm",
  splitting: true,
  // As in the extension's own build: emoji data stays a file beside the code.
  loader: { ".json": "file" },
  target: "chrome120",
  charset: "utf8",
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
});
copyFileSync(join(here, "gallery.html"), join(outdir, "gallery.html"));
