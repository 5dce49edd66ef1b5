import { existsSync } from 'node:fs';
import path from 'node:path';
import { makeFileOnce } from '../crypto/make-file-once';
import { getEnv } from '../env';
import { Patience } from '../esign/patience';
import { askForTimestamp, type TimestampAuthority } from '../esign/timestamp';
import { log } from '../logger';
import { anchorDay, anchorFolder, readAnchors, type StoredAnchor, writeAnchor } from './audit-anchors';
import { recordAuditCheck } from './record-audit-check';

const TSA_PATIENCE_MS = 15_000;
const MAX_TIMESTAMP_BYTES = 32_768;

/** Nobody waits for this job, so the authority gets more time than at a signature. */
function anchorAuthority(): TimestampAuthority | undefined {
  const { TSA_URL } = getEnv();
  return TSA_URL ? { url: TSA_URL, patience: new Patience(TSA_PATIENCE_MS) } : undefined;
}

/**
 * A job, run each hour: verifies the chain and anchors its head once a day (UTC) in a signed file, and asks the timestamp authority, where
 * one is set, for a token over that signature until it answers. A chain that does not hold gets no anchor, and the log of the portal says so
 * each hour. Safe to run many at once.
 */
export async function anchorAuditLog({ now, authority = anchorAuthority() }: { readonly now: Date; readonly authority?: TimestampAuthority }): Promise<'anchored' | 'kept' | 'empty' | 'broken'> {
  const stored = anchorOf(now);
  const outcome = stored?.state === 'held' ? 'kept' : await anchorHead(now, stored !== undefined);
  if (authority && (outcome === 'kept' || outcome === 'anchored')) await addTimestamp(now, authority);
  return outcome;
}

/** The anchor of a day, if there is one. */
function anchorOf(now: Date): StoredAnchor | undefined {
  return readAnchors().find(({ file }) => file === `${anchorDay(now)}.json`);
}

/** A file in the anchor's place that is none of this portal's key stays where it is, and keeps nobody from reading the chain. */
async function anchorHead(now: Date, isTaken: boolean): Promise<'anchored' | 'kept' | 'empty' | 'broken'> {
  const verdict = await recordAuditCheck({ now });
  if (!verdict.intact) {
    log('error', 'audit-chain-broken', { code: verdict.kind, state: verdict.brokenAt });
    return 'broken';
  }
  if (verdict.events === 0) return 'empty';
  if (isTaken) return 'kept';
  writeAnchor({ seq: String(verdict.events), hash: verdict.head, now });
  log('info', 'audit-anchored', { count: verdict.events });
  return 'anchored';
}

/** The token lies beside the anchor, as DER: `openssl ts -verify` checks it against the signature's bytes. */
async function addTimestamp(now: Date, authority: TimestampAuthority): Promise<void> {
  const token = path.join(anchorFolder(), `${anchorDay(now)}.tst`);
  const stored = anchorOf(now);
  if (stored?.state !== 'held' || existsSync(token)) return;
  const timestamp = await askForTimestamp({ authority, signatureValue: stored.signature, now, maxBytes: MAX_TIMESTAMP_BYTES });
  if (timestamp) makeFileOnce(token, Buffer.from(timestamp.token.toSchema().toBER()));
}
