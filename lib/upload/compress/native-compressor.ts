import type { Compressor } from './compressor';

const PIECE_BYTES = 1024 * 1024;

/** The platform's own `CompressionStream('gzip')`: slower, one level, there wherever WebAssembly may not run. */
export function createNativeCompressor(): Compressor {
  return {
    name: 'native',
    input: (sizeBytes) => new Uint8Array(sizeBytes),
    async gzip(raw) {
      const stream = new CompressionStream('gzip');
      const writer = stream.writable.getWriter();
      const feed = async () => {
        for (let at = 0; at < raw.byteLength; at += PIECE_BYTES) await writer.write(raw.subarray(at, at + PIECE_BYTES));
        await writer.close();
      };
      const [buffer] = await Promise.all([new Response(stream.readable).arrayBuffer(), feed()]);
      return new Uint8Array(buffer);
    },
  };
}
