/**
 * Makes lib/upload/compress/libdeflate-wasm.ts: libdeflate, compiled to WebAssembly. Run by hand, for another version of libdeflate:
 *
 *     apt-get install clang lld
 *     npx tsx scripts/build-libdeflate.ts libdeflate-1.23.tar.gz
 *
 * The archive is the one of the release, which distributions carry as well (Debian: libdeflate_1.23.orig.tar.gz). The same compiler and
 * linker make the same bytes. What they are held to is lib/upload/compress/libdeflate.test.ts: the npm package `libdeflate`, which somebody else built,
 * has to make the same of the same. Why it is not used itself is said in docs/decisions/0019-libdeflate-is-compiled-for-simd.md.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from './lib/repository-root';

const VERSION = '1.23';
const ARCHIVE_SHA256 = '1ab18349b9fb0ce8a0ca4116bded725be7dcbfa709e19f6f983d99df1fb8b25f';
const TARGET = 'lib/upload/compress/libdeflate-wasm.ts';
const SOURCES = ['module.c', 'lib/utils.c', 'lib/crc32.c', 'lib/deflate_compress.c', 'lib/gzip_compress.c'];
/** libdeflate runs without a C library (FREESTANDING, its README). SIMD and bulk memory are in all browsers that Next.js supports. */
const COMPILE = ['--target=wasm32', '-O3', '-msimd128', '-mbulk-memory', '-msign-ext', '-ffreestanding', '-DFREESTANDING', '-I.'];
/** The stack comes first, so that a stack that ran over would end the module and not write over data. At most 2 GiB. */
const LINK = ['--no-entry', '--strip-all', '--stack-first', '-z', 'stack-size=262144', '--max-memory=2147483648'];
/** libdeflate takes the size of a pointer for the size of a word. WebAssembly has 64-bit words beside its 32-bit pointers. */
const WORD = { theirs: 'typedef size_t machine_word_t;', ours: 'typedef u64 machine_word_t;' };

const [archive] = process.argv.slice(2);
if (archive === undefined) throw new Error(`Name the archive: npx tsx scripts/build-libdeflate.ts libdeflate-${VERSION}.tar.gz`);
const found = createHash('sha256').update(readFileSync(archive)).digest('hex');
if (found !== ARCHIVE_SHA256) throw new Error(`That is not the archive of libdeflate ${VERSION}: its SHA-256 is ${found}. Take the one of the release, or for another version change VERSION and ARCHIVE_SHA256 here.`);

const folder = mkdtempSync(join(tmpdir(), 'airlock-libdeflate-'));
try {
  const wasm = build();
  const licence = readFileSync(join(folder, 'COPYING'), 'utf8').trim();
  writeFileSync(join(repositoryRoot, TARGET), moduleText(wasm, licence));
  console.log(`${TARGET}: ${wasm.byteLength} bytes of WebAssembly, SHA-256 ${createHash('sha256').update(wasm).digest('hex')}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function run(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: 'utf8' });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new Error(`${program} is not on this machine: apt-get install clang lld`, { cause });
  }
}

function build(): Buffer {
  execFileSync('tar', ['-xzf', archive as string, '-C', folder, '--strip-components=1']);
  copyFileSync(join(repositoryRoot, 'scripts/libdeflate/module.c'), join(folder, 'module.c'));
  const definitions = readFileSync(join(folder, 'common_defs.h'), 'utf8');
  if (!definitions.includes(WORD.theirs)) throw new Error('common_defs.h says in another way what a word is: look it up there, and change WORD here.');
  writeFileSync(join(folder, 'common_defs.h'), definitions.replace(WORD.theirs, WORD.ours));
  const objects = SOURCES.map((source, at) => {
    run('clang', [...COMPILE, '-c', source, '-o', `${at}.o`]);
    return `${at}.o`;
  });
  run('wasm-ld', [...LINK, ...objects, '-o', 'libdeflate.wasm']);
  return readFileSync(join(folder, 'libdeflate.wasm'));
}

function moduleText(wasm: Buffer, licence: string): string {
  const versionOf = (program: string) => run(program, ['--version']).split('\n')[0]?.trim();
  return `/**
 * Made by scripts/build-libdeflate.ts from libdeflate ${VERSION} with ${versionOf('clang')} and ${versionOf('wasm-ld')}. Not to be edited.
 * SHA-256 of the module: ${createHash('sha256').update(wasm).digest('hex')}
 *
${licence.replaceAll(/^/gm, ' * ').replaceAll(/ +$/gm, '')}
 */
export const LIBDEFLATE_WASM_BASE64 =
  '${wasm.toString('base64')}';
`;
}
