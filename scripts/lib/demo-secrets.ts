import { createPrivateKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error';

/** Access key of the embedded storage; its secret is in `<dataDir>/secrets/storage-key`. */
export const DEMO_ACCESS_KEY_ID = 'AIRLOCKDEMO000000000';

/** What demo mode makes on its first run and keeps in `<dataDir>/secrets`, each file 0600. */
export interface DemoSecrets {
  authSecret: string;
  /** Path of the Ed25519 private key (PKCS #8, PEM) that signs receipts. */
  receiptKeyFile: string;
  storage: { accessKeyId: string; secretAccessKey: string };
}

/** Reads the secrets, making those that are missing. Throws `StartError` for one that was damaged: another would break what it made. */
export function readDemoSecrets(dataDir: string): DemoSecrets {
  const file = (name: string) => join(dataDir, 'secrets', name);
  const authSecret = keep(file('auth-secret'), () => randomBytes(48).toString('base64url'));
  if (authSecret.length < 32) throw damaged(file('auth-secret'), dataDir);
  const receiptKeyFile = file('receipt-key.pem');
  const pem = keep(receiptKeyFile, () => generateKeyPairSync('ed25519', { privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } }).privateKey);
  if (!isEd25519(pem)) throw damaged(receiptKeyFile, dataDir);
  const secretAccessKey = keep(file('storage-key'), () => randomBytes(30).toString('base64url'));
  if (secretAccessKey.length < 32) throw damaged(file('storage-key'), dataDir);
  return { authSecret, receiptKeyFile, storage: { accessKeyId: DEMO_ACCESS_KEY_ID, secretAccessKey } };
}

function keep(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

function damaged(file: string, dataDir: string): StartError {
  return new StartError(`The secret in ${file} is damaged: put it back from a copy, or move ${dataDir} away to start afresh.`);
}
