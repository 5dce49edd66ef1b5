import type { Compressor } from './compressor';
import { createLibdeflateCompressor } from './libdeflate-compressor';
import { createNativeCompressor } from './native-compressor';

/** The fastest compressor that runs here. */
export async function createCompressor(create: () => Promise<Compressor> = createLibdeflateCompressor): Promise<Compressor> {
  try {
    return await create();
  } catch {
    return createNativeCompressor();
  }
}
