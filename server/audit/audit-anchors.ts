import { sign, verify } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { canonicalJson } from '@/domain/audit';
import { anchorFile, type AuditAnchor, auditAnchor } from '@/domain/audit-anchor';
import { makeFileOnce } from '../crypto/make-file-once';
import { getEnv } from '../env';
import { getReceiptKey, type ReceiptKey } from '../receipt/receipt-key';

/** What an anchor is checked with. */
export type AnchorKey = Pick<ReceiptKey, 'publicPem' | 'keyId'>;

const NAME = /^(\d{4}-\d{2}-\d{2})\.json$/;

export type StoredAnchor =
  | { readonly file: string; readonly state: 'held'; readonly anchor: AuditAnchor; readonly signature: Buffer }
  /** Signed by a key that is not at hand: one that was replaced, or a stranger's. */
  | { readonly file: string; readonly state: 'foreign' }
  /** Not what the key signed that it names. */
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

/** Every anchor in the data folder, the oldest first, each with its signature checked by the key that it names: one of `keys`, or the portal's own where none are given. */
export function readAnchors(keys?: readonly AnchorKey[]): readonly StoredAnchor[] {
  const names = namesIn(anchorFolder()).filter((name) => NAME.test(name)).sort();
  // Where there is nothing to check no key is needed, as with an export on another machine.
  const known = keys ?? (names.length > 0 ? [getReceiptKey()] : []);
  return names.map((name) => readAnchor(name, known));
}

function readAnchor(name: string, keys: readonly AnchorKey[]): StoredAnchor {
  const file = parseAnchorFile(path.join(anchorFolder(), name));
  if (file === null) return { file: name, state: 'damaged' };
  const key = keys.find(({ keyId }) => keyId === file.keyId);
  if (!key) return { file: name, state: 'foreign' };
  const signature = Buffer.from(file.signature, 'base64');
  if (!verify(null, Buffer.from(file.payload, 'utf8'), key.publicPem, signature)) return { file: name, state: 'damaged' };
  const anchor = auditAnchor.safeParse(JSON.parse(file.payload));
  return anchor.success ? { file: name, state: 'held', anchor: anchor.data, signature } : { file: name, state: 'damaged' };
}

function parseAnchorFile(file: string) {
  try {
    return anchorFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
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
