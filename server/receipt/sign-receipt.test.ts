import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { MAX_SEGMENTS } from '@/domain/limits';
import { type ReceiptPayload } from '@/domain/receipt';
import { parseReceiptKey } from './receipt-key';
import { signReceipt } from './sign-receipt';

const key = parseReceiptKey(generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const hash = 'ab'.repeat(32);
const at = '2026-11-01T10:00:00.000Z';
const id = '01932d5c-7a1e-7c3f-8a55-0123456789ab';
const receipt: Omit<ReceiptPayload, 'keyId' | 'type' | 'version'> = {
  receiptId: id, vendor: 'Example "Software" ü', portalUrl: 'https://data.example.com', caseReference: 'AL-7K3M-Q2ZD', fileId: id, kind: 'heap_dump', encoding: 'raw', rawSha256: hash,
  rawSizeBytes: 5, sizeBytes: 9, segmentBytes: 4_194_304, segments: [{ index: 1, rawSizeBytes: 5, rawSha256: hash, sizeBytes: 9, sha256: hash }],
  reservedAt: at, storedAt: at, verifiedAt: at, issuedAt: at, retentionDays: 7, dueAt: at,
};
const holds = (payload: string, signature: string) => verify(null, Buffer.from(payload, 'utf8'), createPublicKey(key.publicPem), Buffer.from(signature, 'base64'));

it('signs the exact bytes of the payload', () => {
  const { payload, signature, keyId } = signReceipt(receipt, key);
  expect(holds(payload, signature)).toBe(true);
  expect(holds(payload.replace('AL-7K3M', 'AL-7K3N'), signature)).toBe(false);
  expect(JSON.parse(payload)).toEqual({ ...receipt, type: 'airlock-receipt', version: 1, keyId });
});

it('puts the hash of the whole before those of the segments, as the guide says', () => {
  const { payload } = signReceipt(receipt, key);
  expect(payload.indexOf('"rawSha256"')).toBeLessThan(payload.indexOf('"segments"'));
});

it('holds as many segments as a file may have', () => {
  const segments = Array.from({ length: MAX_SEGMENTS }, (_, at) => ({ index: at + 1, rawSizeBytes: 5, rawSha256: hash, sizeBytes: 9, sha256: hash }));
  const { payload, signature } = signReceipt({ ...receipt, segments }, key);
  expect(holds(payload, signature)).toBe(true);
});

it('refuses to sign what is no receipt', () => {
  expect(() => signReceipt({ ...receipt, rawSha256: 'none' }, key)).toThrow();
  expect(() => signReceipt({ ...receipt, fileName: 'secret.hprof' } as typeof receipt, key)).toThrow();
});
