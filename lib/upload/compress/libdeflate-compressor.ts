import type { Level } from '../levels';
import type { Compressor } from './compressor';
import { LIBDEFLATE_WASM_BASE64 } from './libdeflate-wasm';

/**
 * libdeflate as WebAssembly, compiled for SIMD (scripts/build-libdeflate.ts). Pointers are offsets into `memory`; NULL says that there is
 * not enough of it. What is called is documented where it is defined, in scripts/libdeflate/module.c.
 */
interface LibdeflateExports {
  readonly memory: WebAssembly.Memory;
  readonly allocate: (bytes: number) => number;
  readonly release: (pointer: number) => void;
  readonly makeCompressor: (level: number) => number;
  readonly gzipBound: (inputBytes: number) => number;
  readonly gzip: (compressor: number, input: number, inputBytes: number, output: number, outputBytes: number) => number;
}

/** Thrown where the memory of the WebAssembly module cannot grow as far as a segment needs. */
export class OutOfCompressorMemoryError extends Error {
  override readonly name = 'OutOfCompressorMemoryError';
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

async function instantiate(): Promise<LibdeflateExports> {
  const { instance } = await WebAssembly.instantiate(decodeBase64(LIBDEFLATE_WASM_BASE64));
  return instance.exports as unknown as LibdeflateExports;
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
    const { memory, gzip } = this.#wasm;
    const isInside = raw.buffer === memory.buffer;
    const { byteOffset, byteLength } = raw;
    if (!isInside) this.input(byteLength, level).set(raw);
    // A compressor that is made only now may let the memory grow: `raw` is detached then, and its bytes are where they were.
    const compressor = this.#compressor(level);
    const pointer = isInside ? byteOffset : this.#input.pointer;
    const written = gzip(compressor, pointer, byteLength, this.#output.pointer, this.#output.bytes);
    if (written === 0) throw new OutOfCompressorMemoryError('The output does not fit.');
    return this.#view(this.#output.pointer, written).slice();
  }

  #compressor(level: Level): number {
    const known = this.#compressors.get(level);
    if (known !== undefined) return known;
    const made = needed(this.#wasm.makeCompressor(level));
    this.#compressors.set(level, made);
    return made;
  }

  /** Room for an input and for the largest output that it can have; kept for the next segment. */
  #reserve(sizeBytes: number): void {
    if (this.#input.pointer !== 0 && sizeBytes <= this.#input.bytes) return;
    const { allocate, release, gzipBound } = this.#wasm;
    release(this.#output.pointer);
    release(this.#input.pointer);
    this.#input = { pointer: 0, bytes: 0 };
    this.#output = { pointer: 0, bytes: 0 };
    const bytes = Math.max(1, sizeBytes);
    const bound = gzipBound(bytes);
    const input = needed(allocate(bytes));
    const output = allocate(bound);
    if (output === 0) release(input);
    this.#output = { pointer: needed(output), bytes: bound };
    this.#input = { pointer: input, bytes };
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
