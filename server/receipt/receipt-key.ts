import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
    makeKeyFile(file);
    return readFileSync(file, 'utf8');
  }
}

/** Makes the file whole or not at all: of two processes that make it at once one wins, and nobody reads half a key. */
function makeKeyFile(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(draft);
  }
}

/** Reads a private key (PKCS #8, PEM). Throws EnvironmentError for anything that is not an Ed25519 key. */
export function parseReceiptKey(pem: string): ReceiptKey {
  const privateKey = readPrivateKey(pem);
  if (privateKey?.asymmetricKeyType !== 'ed25519') throw new EnvironmentError(['RECEIPT_KEY_FILE holds no Ed25519 key: make one with `openssl genpkey -algorithm ed25519`.']);
  const publicKey = createPublicKey(privateKey);
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { privateKey, publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(), keyId: createHash('sha256').update(der).digest('hex').slice(0, 16) };
}

function readPrivateKey(pem: string): KeyObject | null {
  try {
    return createPrivateKey(pem);
  } catch {
    return null;
  }
}
