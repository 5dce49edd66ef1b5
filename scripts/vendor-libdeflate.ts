import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * Copies the WebAssembly bytes of the npm package `libdeflate` into lib/upload/compress/libdeflate-wasm.ts. Run it after
 * the package was updated; the compressor's test says when that is due.
 */
const root = new URL('../', import.meta.url);
const source = readFileSync(new URL('node_modules/libdeflate/dist/libdeflate.wasm.mjs', root), 'utf8');
const { version } = JSON.parse(readFileSync(new URL('node_modules/libdeflate/package.json', root), 'utf8')) as { version: string };
const licence = readFileSync(new URL('node_modules/libdeflate/LICENSE.txt', root), 'utf8').trim();
const base64 = /base64,([A-Za-z0-9+/=]+)/.exec(source)?.[1];
if (base64 === undefined) throw new Error('The package no longer carries its WebAssembly as base64.');

const target = fileURLToPath(new URL('lib/upload/compress/libdeflate-wasm.ts', root));
writeFileSync(
  target,
  `/**
 * Made by scripts/vendor-libdeflate.ts from the npm package libdeflate ${version}. Not to be edited.
 *
${licence.replaceAll(/^/gm, ' * ').replaceAll(/ +$/gm, '')}
 */
export const LIBDEFLATE_WASM_BASE64 =
  '${base64}';
`,
);
