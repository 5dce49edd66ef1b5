/** Sixty-four hexadecimal digits that depend on every byte; no SHA-256, but computed without waiting. */
export function fakeHash(bytes: Uint8Array): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  return `${hash.toString(16).padStart(16, '0')}${bytes.byteLength.toString(16).padStart(48, '0')}`;
}
