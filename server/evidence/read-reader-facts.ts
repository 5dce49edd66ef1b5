import { type Actor } from '@/domain/actor';
import { type ReaderFacts } from '@/domain/policy-evidence';
import { getDb } from '../db';

/** Counts what is in force at `now` for the reader's own organization; null for a reader without one. */
export async function readReaderFacts({ actor, now }: { readonly actor: Actor; readonly now: Date }): Promise<ReaderFacts | null> {
  const organizationId = actor.kind === 'user' ? actor.organizationId : null;
  if (organizationId === null) return null;
  const ofCase = { case: { organizationId } };
  const [extensions, sharing, rawAccess] = await Promise.all([
    getDb().retentionExtension.count({ where: { state: 'effective', clock: { endedAt: null, file: ofCase } } }),
    getDb().sharingRequest.count({ where: { state: 'approved', endsAt: { gt: now }, ...ofCase } }),
    getDb().rawAccessGrant.count({ where: { state: 'granted', endsAt: { gt: now }, ...ofCase } }),
  ]);
  return { extensions, sharing, rawAccess };
}
