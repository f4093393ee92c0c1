// Builds the extension into dist/. The folder that holds this file is then loadable unpacked.
import { existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, context } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const watching = process.argv.includes("--watch");

const common = {
  absWorkingDir: here,
  bundle: true,
  outdir: "dist",
  target: "chrome126",
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

rmSync(join(here, "dist"), { recursive: true, force: true });
for (const part of parts) {
  const [entry] = Object.values(part.entryPoints);
  if (!existsSync(join(here, entry))) {
    console.warn(`${entry} is missing: not built`);
    continue;
  }
  const options = { ...common, ...part };
  if (watching) await (await context(options)).watch();
  else await build(options);
}
