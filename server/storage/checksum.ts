/** SHA-256 as S3 writes it (base64 of 32 bytes) from the contract's form (lower-case hex). */
export function hexToBase64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

/** The contract's form from S3's; null where it is no SHA-256, such as the composite checksum of a multipart upload (`…-2`). */
export function base64ToHex(base64: string | undefined): string | null {
  if (!base64 || !/^[A-Za-z0-9+/]{43}=$/.test(base64)) return null;
  return Buffer.from(base64, 'base64').toString('hex');
}
