import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { makeFileOnce } from '../crypto/make-file-once';
import { EnvironmentError, getEnv, isDemo } from '../env';

export type ReceiptKey = {
  readonly privateKey: KeyObject;
  /** PEM (SPKI), as it is served. */
  readonly publicPem: string;
  /** The first 16 hex digits of the SHA-256 of the public key's DER: which key signed. */
  readonly keyId: string;
};

const loaded = new Map<string, ReceiptKey>();

/** The Ed25519 key that signs receipts: RECEIPT_KEY_FILE, or in demo mode a file among the secrets, made at its first use. */
export function getReceiptKey(): ReceiptKey {
  const file = receiptKeyFile();
  const known = loaded.get(file);
  if (known) return known;
  const key = parseReceiptKey(readPem(file));
  loaded.set(file, key);
  return key;
}

function receiptKeyFile(): string {
  const env = getEnv();
  return env.RECEIPT_KEY_FILE ?? path.join(env.AIRLOCK_DATA_DIR, 'secrets', 'receipt-key.pem');
}

function readPem(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const absent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!absent || !isDemo() || getEnv().RECEIPT_KEY_FILE) throw new EnvironmentError(['RECEIPT_KEY_FILE cannot be read: name the PEM file of the key that signs receipts.']);
    makeFileOnce(file, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
    return readFileSync(file, 'utf8');
  }
}

/** Reads a private key (PKCS #8, PEM). Throws EnvironmentError for anything that is not an Ed25519 key. */
export function parseReceiptKey(pem: string): ReceiptKey {
  const privateKey = readPrivateKey(pem);
  if (privateKey?.asymmetricKeyType !== 'ed25519') throw new EnvironmentError(['RECEIPT_KEY_FILE holds no Ed25519 key: make one with `openssl genpkey -algorithm ed25519`.']);
  return { privateKey, ...publicHalf(createPublicKey(privateKey)) };
}

function publicHalf(publicKey: KeyObject): Pick<ReceiptKey, 'publicPem' | 'keyId'> {
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), keyId: createHash('sha256').update(der).digest('hex').slice(0, 16) };
}

/** The public half of a key that signs receipts, from a file that holds it or the whole key (PEM); null for anything else. */
export function readPublicHalf(pem: string): Pick<ReceiptKey, 'publicPem' | 'keyId'> | null {
  try {
    const publicKey = createPublicKey(pem);
    return publicKey.asymmetricKeyType === 'ed25519' ? publicHalf(publicKey) : null;
  } catch {
    return null;
  }
}

function readPrivateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
