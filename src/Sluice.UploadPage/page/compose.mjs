// Makes one document of this folder, and the headers that depend on it: node compose.mjs, beside node_modules.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync, transformSync } from "esbuild";

// Before HTML hashes or shows a text, it reads every end of a line so.
const read = (path) => readFileSync(path, "utf8").replaceAll("\r\n", "\n");
const sha256 = (text) => createHash("sha256").update(text).digest("base64");
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const built = buildSync({
  entryPoints: ["upload.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  write: false,
  metafile: true,
});
const script = built.outputFiles[0].text.trim();
const style = transformSync(read("upload.css"), { loader: "css", minify: true }).code.trim();
for (const text of [script, style]) {
  if (/<\/(script|style)|<!--/i.test(text)) {
    throw new Error("A text that is put into the document ends its own element.");
  }
}

// The licence of every package that something was taken from.
const packages = new Set(Object.keys(built.metafile.inputs).map((path) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean));
const licences = [...packages].sort().map((name) => {
  const folder = join("node_modules", name);
  const { version } = JSON.parse(read(join(folder, "package.json")));
  const licence = readdirSync(folder).find((file) => /^licen[cs]e(\.|$)/i.test(file));
  if (!licence) {
    throw new Error(`${name} has no licence to pass on.`);
  }

  return `<p>${escaped(name)} ${escaped(version)}</p>\n<pre>${escaped(read(join(folder, licence)).trim())}</pre>`;
});

let document = read("index.html");
for (const [place, text] of [
  ["style", `<style>${style}</style>`],
  ["licences", licences.join("\n")],
  ["script", `<script type="module">${script}</script>`],
]) {
  const parts = document.split(`<!-- ${place} -->`);
  if (parts.length !== 2) {
    throw new Error(`index.html has no one place for ${place}.`);
  }

  document = parts.join(text);
}

const policy = [
  "default-src 'none'",
  `script-src 'sha256-${sha256(script)}'`,
  `style-src 'sha256-${sha256(style)}'`,
  "img-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];
writeFileSync("upload.html", document);
writeFileSync("upload.headers", `Content-Security-Policy: ${policy.join("; ")}\nETag: "${sha256(document)}"\n`);
