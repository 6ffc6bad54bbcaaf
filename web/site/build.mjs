// Bundles the viewer into the folder named on the command line.
import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";

const out = process.argv[2] ?? "../../isogen/export/assets";

await mkdir(out, { recursive: true });
await build({
  entryPoints: { viewer: "src/main.ts" },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife", // a module script would not run from file://
  target: "es2022",
  legalComments: "eof",
  logLevel: "warning",
});
await copyFile("src/index.html", `${out}/index.html`);
await copyFile("node_modules/openseadragon/LICENSE.txt", `${out}/openseadragon-license.txt`);
