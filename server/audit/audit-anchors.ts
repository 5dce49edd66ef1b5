import { sign, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '@/domain/audit';
import { anchorFile, type AuditAnchor, auditAnchor } from '@/domain/audit-anchor';
import { makeFileOnce } from '../crypto/make-file-once';
import { getEnv } from '../env';
import { getReceiptKey, type ReceiptKey } from '../receipt/receipt-key';

const NAME = /^(\d{4}-\d{2}-\d{2})\.json$/;

export type StoredAnchor =
  | { readonly file: string; readonly state: 'held'; readonly anchor: AuditAnchor; readonly signature: Buffer }
  /** Signed by a key that the portal does not have any more, or never had. */
  | { readonly file: string; readonly state: 'foreign' }
  /** Not what the portal's key signed. */
  | { readonly file: string; readonly state: 'damaged' };

/** The folder of the anchors, 0700: one signed file a day, and the timestamp authority's token beside it where one is asked. */
export function anchorFolder(): string {
  return path.join(getEnv().AIRLOCK_DATA_DIR, 'audit-anchors');
}

/** The day of an anchor, as its file is named: UTC. */
export function anchorDay(now: Date): string {
  return now.toISOString().slice(0, 10);
}

/** Writes the anchor of a day, signed with the key that signs receipts. The first of a day stays. */
export function writeAnchor({ seq, hash, now, key = getReceiptKey() }: { seq: string; hash: string; now: Date; key?: ReceiptKey }): void {
  const payload = canonicalJson(auditAnchor.parse({ type: 'airlock-audit-anchor', version: 1, seq, hash, anchoredAt: now.toISOString(), keyId: key.keyId }));
  const signature = sign(null, Buffer.from(payload, 'utf8'), key.privateKey).toString('base64');
  makeFileOnce(path.join(anchorFolder(), `${anchorDay(now)}.json`), `${JSON.stringify({ payload, signature, keyId: key.keyId }, null, 2)}\n`);
}

/** Every anchor in the data folder, the oldest first, each with its signature checked. */
export function readAnchors(key: ReceiptKey = getReceiptKey()): readonly StoredAnchor[] {
  return namesIn(anchorFolder()).filter((name) => NAME.test(name)).sort().map((name) => readAnchor(name, key));
}

function readAnchor(name: string, key: ReceiptKey): StoredAnchor {
  const file = path.join(anchorFolder(), name);
  try {
    const { payload, signature, keyId } = anchorFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (keyId !== key.keyId) return { file: name, state: 'foreign' };
    const bytes = Buffer.from(signature, 'base64');
    if (!verify(null, Buffer.from(payload, 'utf8'), key.privateKey, bytes)) return { file: name, state: 'damaged' };
    return { file: name, state: 'held', anchor: auditAnchor.parse(JSON.parse(payload)), signature: bytes };
  } catch {
    return { file: name, state: 'damaged' };
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
