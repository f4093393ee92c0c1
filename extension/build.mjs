// Builds the extension into dist/. The folder that holds this file is then loadable unpacked.
import { readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const watching = process.argv.includes("--watch");

const common = {
  absWorkingDir: here,
  bundle: true,
  outdir: "dist",
  target: "chrome140",
  charset: "utf8",
  legalComments: "none",
  minify: !watching,
  sourcemap: watching ? "inline" : false,
  jsx: "automatic",
  jsxImportSource: "preact",
  logLevel: "warning",
};

const parts = [
  { entryPoints: { worker: "src/worker/main.ts" }, format: "esm" },
  // Content scripts are classic scripts, and their style goes into an adopted sheet: a page's CSP
  // may forbid style elements but has no say over those.
  { entryPoints: { content: "src/content/main.ts" }, format: "iife", loader: { ".css": "text" } },
  // Emoji and their data stay in files of their own, so that opening the pane stays fast.
  {
    entryPoints: { pane: "src/pane/main.tsx" },
    format: "esm",
    splitting: true,
    loader: { ".json": "file" },
  },
  { entryPoints: { options: "src/options/main.tsx" }, format: "esm" },
];

const made = new Set();
for (const part of parts) {
  const options = { ...common, ...part, metafile: true };
  if (watching) await (await context(options)).watch();
  else for (const file of Object.keys((await build(options)).metafile.outputs)) made.add(file);
}
// Only now: a browser that has the extension loaded never finds dist/ empty.
if (!watching)
  for (const file of readdirSync(join(here, "dist")))
    if (!made.has(`dist/${file}`) && file !== ".built") rmSync(join(here, "dist", file));
