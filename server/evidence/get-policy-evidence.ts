import { type Actor } from '@/domain/actor';
import { checkBucket } from '@/domain/bucket-checks';
import { evidenceFor, type EvidenceInput } from '@/domain/policy-evidence';
import { type Evidence, PROMISE_IDS, type PromiseId } from '@/domain/promises';
import { backstopDays } from '@/domain/retention';
import { getEnv, isDemo, isStorageHere } from '../env';
import { getLogEvidence } from '../log/log-evidence';
import { log } from '../logger';
import { isSecondPersonNeeded } from '../raw-access/second-person';
import { readBucketFacts } from '../storage/read-bucket-facts';
import { getBucket, getS3, REQUIRED_REGION } from '../storage/s3-client';
import { readLedgerFacts } from './read-ledger-facts';
import { readReaderFacts } from './read-reader-facts';
import { sharedLook } from './shared-look';

/** `readAt` is when storage, database and logs were read. */
export type PolicyEvidence = { readonly readAt: string; readonly promises: Readonly<Record<PromiseId, readonly Evidence[]>> };

/** What is the same for every reader is read once in this time, also what could not be read: a public page must not wear out what it looks at. */
const FRESH_MS = 10_000;
const PATIENCE_MS = 5_000;
const STUCK_MS = 60_000;

type ForEverybody = Pick<EvidenceInput, 'bucket' | 'ledger' | 'logs'>;
const sharedEvidence = sharedLook<ForEverybody>({ read: readForEverybody, freshMs: FRESH_MS, stuckMs: STUCK_MS });

/** For tests: the next evidence reads everything anew. */
export const forgetLook = sharedEvidence.forget;

async function readForEverybody(now: Date): Promise<ForEverybody> {
  const [bucket, ledger] = await Promise.all([readBucketChecks(), readLedgerFacts({ now }).catch(unread)]);
  return { bucket, ledger, logs: getLogEvidence() };
}

async function readBucketChecks(): Promise<EvidenceInput['bucket']> {
  const env = getEnv();
  const bucket = getBucket();
  const facts = await readBucketFacts({ s3: getS3(), bucket, signal: AbortSignal.timeout(PATIENCE_MS) });
  return checkBucket(facts, { bucket, region: REQUIRED_REGION, portalOrigin: new URL(env.AIRLOCK_URL).origin, backstopDays: backstopDays(env.RETENTION_RAW_DAYS) });
}

function unread(error: unknown): null {
  log('warn', 'evidence-unread', { error });
  return null;
}

/**
 * The live evidence for each promise of the policy: what storage, database and logs said within the last seconds. For everybody; a reader with an organization sees
 * what is in force for it as well, read just now. Never throws: what cannot be read is `unknown`.
 */
export async function getPolicyEvidence({ actor, now }: { readonly actor: Actor; readonly now: Date }): Promise<PolicyEvidence> {
  const { at, facts } = sharedEvidence.at(now);
  const [forEverybody, reader] = await Promise.all([facts, readReaderFacts({ actor, now }).catch(unread)]);
  const portal = { isHttps: getEnv().AIRLOCK_URL.startsWith('https:'), isDemo: isDemo(), isStorageHere: isStorageHere(), needsSecondPerson: isSecondPersonNeeded() };
  const input: EvidenceInput = { now: at, ...forEverybody, reader, portal };
  const promises = Object.fromEntries(PROMISE_IDS.map((id) => [id, evidenceFor(id, input)])) as Record<PromiseId, readonly Evidence[]>;
  return { readAt: at.toISOString(), promises };
}
