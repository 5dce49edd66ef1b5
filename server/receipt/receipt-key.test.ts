import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { EnvironmentError } from '../env';
import { parseReceiptKey } from './receipt-key';

const pemOf = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('the key of receipts', () => {
  it('is an Ed25519 key, named by its public half', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const key = parseReceiptKey(pemOf(privateKey));
    expect(key.publicPem).toBe(publicKey.export({ type: 'spki', format: 'pem' }));
    expect(key.keyId).toMatch(/^[0-9a-f]{16}$/);
    expect(parseReceiptKey(pemOf(privateKey)).keyId).toBe(key.keyId);
    expect(parseReceiptKey(pemOf(generateKeyPairSync('ed25519').privateKey)).keyId).not.toBe(key.keyId);
  });

  it('is no other key, no public key and no text', () => {
    const others = [pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey), generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'secret', ''];
    for (const pem of others) expect(() => parseReceiptKey(pem)).toThrow(EnvironmentError);
  });
});
