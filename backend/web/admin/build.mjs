// Builds the admin pages' style and script into static/: htmx from its package, and the measures and
// colours that the extension has too.
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

await build({
  absWorkingDir: dirname(fileURLToPath(import.meta.url)),
  entryPoints: { admin: "assets/admin.js", style: "assets/admin.css" },
  outdir: "static",
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  minify: true,
  logLevel: "warning",
});
