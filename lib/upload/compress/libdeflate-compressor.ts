import type { Level } from '../levels';
import type { Compressor } from './compressor';
import { LIBDEFLATE_WASM_BASE64 } from './libdeflate-wasm';

/**
 * libdeflate as WebAssembly. The bytes are those of the npm package `libdeflate` (MIT); its own JavaScript wrapper is not
 * used because it cannot be bundled for a browser (it asks for `fs`, `path` and the URL of its folder) and because it copies
 * each segment twice. The names of imports and exports are those of that build; the test compares the bytes.
 */
interface LibdeflateExports {
  readonly memory: WebAssembly.Memory;
  readonly allocCompressor: (level: number) => number;
  readonly gzipBound: (compressor: number, inputBytes: number) => number;
  readonly gzipCompress: (compressor: number, input: number, inputBytes: number, output: number, outputBytes: number) => number;
  readonly malloc: (bytes: number) => number;
  readonly free: (pointer: number) => void;
}

const PAGE_BYTES = 65_536;
const MAX_MEMORY_BYTES = 2 ** 31;
/** NULL, which libdeflate's `gzip_compress_bound` takes as "whichever compressor" (libdeflate.h). */
const ANY_COMPRESSOR = 0;

/** Thrown where the memory of the WebAssembly module cannot grow as far as a segment needs. */
export class OutOfCompressorMemoryError extends Error {
  override readonly name = 'OutOfCompressorMemoryError';
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function instantiate(): Promise<LibdeflateExports> {
  let memory: WebAssembly.Memory | null = null;
  const grow = (wantedBytes: number): number => {
    // The argument is an unsigned size that WebAssembly hands over as a signed number.
    const wanted = wantedBytes >>> 0;
    if (memory === null || wanted > MAX_MEMORY_BYTES) return 0;
    try {
      memory.grow(Math.max(0, Math.ceil((wanted - memory.buffer.byteLength) / PAGE_BYTES)));
      return 1;
    } catch {
      return 0;
    }
  };
  const copy = (to: number, from: number, bytes: number): void => {
    if (memory !== null) new Uint8Array(memory.buffer).copyWithin(to, from, from + bytes);
  };
  const { instance } = await WebAssembly.instantiate(decodeBase64(LIBDEFLATE_WASM_BASE64), { a: { a: grow, b: copy } });
  const names = instance.exports as Record<string, unknown>;
  memory = names.c as WebAssembly.Memory;
  (names.d as () => void)();
  return {
    memory,
    allocCompressor: names.e as LibdeflateExports['allocCompressor'],
    gzipCompress: names.l as LibdeflateExports['gzipCompress'],
    gzipBound: names.m as LibdeflateExports['gzipBound'],
    malloc: names.n as LibdeflateExports['malloc'],
    free: names.o as LibdeflateExports['free'],
  };
}

class LibdeflateCompressor implements Compressor {
  readonly name = 'libdeflate';
  readonly #wasm: LibdeflateExports;
  readonly #compressors = new Map<Level, number>();
  #input = { pointer: 0, bytes: 0 };
  #output = { pointer: 0, bytes: 0 };

  constructor(wasm: LibdeflateExports) {
    this.#wasm = wasm;
  }

  input(sizeBytes: number, level?: Level): Uint8Array<ArrayBuffer> {
    // Before the view is made: memory that grew later would detach it.
    if (level !== undefined) this.#compressor(level);
    this.#reserve(sizeBytes);
    return this.#view(this.#input.pointer, sizeBytes);
  }

  async gzip(raw: Uint8Array<ArrayBuffer>, level: Level): Promise<Uint8Array<ArrayBuffer>> {
    const { memory, gzipCompress } = this.#wasm;
    const isInside = raw.buffer === memory.buffer;
    if (!isInside) this.input(raw.byteLength, level).set(raw);
    const pointer = isInside ? raw.byteOffset : this.#input.pointer;
    const written = gzipCompress(this.#compressor(level), pointer, raw.byteLength, this.#output.pointer, this.#output.bytes);
    if (written === 0) throw new OutOfCompressorMemoryError('The output does not fit.');
    return this.#view(this.#output.pointer, written).slice();
  }

  #compressor(level: Level): number {
    const known = this.#compressors.get(level);
    if (known !== undefined) return known;
    const made = needed(this.#wasm.allocCompressor(level));
    this.#compressors.set(level, made);
    return made;
  }

  /** Room for an input and for the largest output that it can have; kept for the next segment. */
  #reserve(sizeBytes: number): void {
    if (this.#input.pointer !== 0 && sizeBytes <= this.#input.bytes) return;
    const { malloc, free, gzipBound } = this.#wasm;
    free(this.#output.pointer);
    free(this.#input.pointer);
    this.#input = { pointer: 0, bytes: 0 };
    this.#output = { pointer: 0, bytes: 0 };
    const bytes = Math.max(1, sizeBytes);
    this.#input = { pointer: needed(malloc(bytes)), bytes };
    const bound = gzipBound(ANY_COMPRESSOR, bytes);
    this.#output = { pointer: needed(malloc(bound)), bytes: bound };
  }
  #view(pointer: number, bytes: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#wasm.memory.buffer, pointer, bytes);
  }
}

function needed(pointer: number): number {
  if (pointer === 0) throw new OutOfCompressorMemoryError('No room in the memory of the compressor.');
  return pointer;
}

/** Rejects where WebAssembly cannot run, for instance for want of `'wasm-unsafe-eval'` in the page's policy. */
export async function createLibdeflateCompressor(): Promise<Compressor> {
  return new LibdeflateCompressor(await instantiate());
}
