import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { getAuthSecret } from '../env';

/** 32 random bytes as base64url (43 characters): the secret of a link or a key. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

/** SHA-256 as lower-case hex. Enough for secrets of 32 random bytes, which cannot be guessed; never for passwords. */
export function sha256Hex(input: string | Uint8Array): string {
  return createHash('sha256').update(input).digest('hex');
}

/** Compares without telling by its time where the first difference is. */
export function constantTimeEqual(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

/** A key of its own for each purpose, so that what is made for one is worth nothing for another (RFC 5869). */
function keyFor(purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', getAuthSecret(), '', `airlock ${purpose}`, 32));
}

/** HMAC-SHA-256 as hex under AUTH_SECRET: stands for an address where the address itself must not be kept. */
export function keyedHash(purpose: string, input: string): string {
  return createHmac('sha256', keyFor(purpose)).update(input).digest('hex');
}

const SEAL = 'seal';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts a secret that has to wait in the database (AES-256-GCM, base64url of iv, tag and text): a reader of a backup learns nothing. */
export function sealSecret(plain: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyFor(SEAL), iv);
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** Opens what `sealSecret` made. Throws where it was changed or AUTH_SECRET is another one by now. */
export function openSecret(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyFor(SEAL), bytes.subarray(0, IV_BYTES));
  decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}
