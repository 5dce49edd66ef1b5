import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type Actor } from '@/domain/actor';
import { type BucketCheck, checkBucket } from '@/domain/bucket-checks';
import { LOG_RETENTION_DAYS } from '@/domain/limits';
import { evidenceFor, type EvidenceInput } from '@/domain/policy-evidence';
import { type Evidence, PROMISE_IDS, type PromiseId } from '@/domain/promises';
import { backstopDays } from '@/domain/retention';
import { getEnv, isDemo } from '../env';
import { log } from '../logger';
import { isSecondPersonNeeded } from '../raw-access/second-person';
import { readBucketFacts } from '../storage/read-bucket-facts';
import { getBucket, getS3, REQUIRED_REGION } from '../storage/s3-client';
import { readLedgerFacts } from './read-ledger-facts';

/** `readAt` is when the settings of the bucket were read: at most a minute ago, so that a public page cannot wear the storage out. */
export type PolicyEvidence = { readonly readAt: string; readonly promises: Readonly<Record<PromiseId, readonly Evidence[]>> };

const FRESH_MS = 60_000;
const PATIENCE_MS = 5_000;

type BucketLook = { readonly at: Date; readonly checks: Promise<readonly BucketCheck[]> };
let latest: BucketLook | undefined;

function lookAtBucket(now: Date): BucketLook {
  if (latest && Math.abs(now.getTime() - latest.at.getTime()) < FRESH_MS) return latest;
  const env = getEnv();
  const expected = { bucket: getBucket(), region: REQUIRED_REGION, portalOrigin: new URL(env.AIRLOCK_URL).origin, backstopDays: backstopDays(env.RETENTION_RAW_DAYS) };
  const checks = readBucketFacts({ s3: getS3(), bucket: expected.bucket, signal: AbortSignal.timeout(PATIENCE_MS) }).then((facts) => checkBucket(facts, expected));
  const look = { at: now, checks };
  latest = look;
  // What could not be read is asked again at the next visit.
  void checks.then((all) => {
    if (latest === look && all.some(({ ok }) => ok === null)) latest = undefined;
  });
  return look;
}

/** For tests: the next evidence reads the bucket anew. */
export function forgetBucketLook(): void {
  latest = undefined;
}

/** True where nobody but the portal's own account can read the folder of its logs; null where that cannot be told. */
async function areLogsPrivate(): Promise<boolean | null> {
  try {
    const { mode } = await stat(path.join(/* turbopackIgnore: true */ getEnv().AIRLOCK_DATA_DIR, 'logs'));
    return (mode & 0o077) === 0;
  } catch {
    return null;
  }
}

async function gather({ actor, now }: { readonly actor: Actor; readonly now: Date }): Promise<{ readonly at: Date; readonly input: EvidenceInput }> {
  const env = getEnv();
  const { at, checks } = lookAtBucket(now);
  const [bucket, ledger, logsPrivate] = await Promise.all([
    checks,
    readLedgerFacts({ actor, now }).catch((error: unknown) => {
      log('warn', 'evidence-unread', { error });
      return null;
    }),
    areLogsPrivate(),
  ]);
  const portal = { isHttps: env.AIRLOCK_URL.startsWith('https:'), isDemo: isDemo(), logLevel: env.LOG_LEVEL, logDays: LOG_RETENTION_DAYS, logsPrivate, needsSecondPerson: isSecondPersonNeeded() };
  return { at, input: { now, bucket, ledger, portal } };
}

/**
 * The live evidence for each promise of the policy: settings read from the bucket within the last minute, and what the ledger says now.
 * For everybody; a reader with an organization sees what is in force for it as well. Never throws: what cannot be read is `unknown`.
 */
export async function getPolicyEvidence({ actor, now }: { readonly actor: Actor; readonly now: Date }): Promise<PolicyEvidence> {
  const { at, input } = await gather({ actor, now });
  const promises = Object.fromEntries(PROMISE_IDS.map((id) => [id, evidenceFor(id, input)])) as Record<PromiseId, readonly Evidence[]>;
  return { readAt: at.toISOString(), promises };
}
