import { type Bucket } from '../store/bucket';
import { type ObjectVersion, type StoredObject } from '../store/object-version';
import { type Store } from '../store/store';
import { type LifecycleRule } from './lifecycle-rules';

const DAY_MS = 86_400_000;

/** Days after an instant, rounded up to the next midnight UTC (Amazon S3, "Lifecycle rules: based on an object's age"). */
export function midnightAfter(instant: string, days: number): Date {
  return new Date(Math.ceil((new Date(instant).getTime() + days * DAY_MS) / DAY_MS) * DAY_MS);
}

function expiryBy(rule: LifecycleRule, lastModified: string): Date | undefined {
  if (rule.expiration === undefined) return undefined;
  if ('days' in rule.expiration) return midnightAfter(lastModified, rule.expiration.days);
  return 'date' in rule.expiration ? new Date(rule.expiration.date) : undefined;
}

const rulesFor = (rules: readonly LifecycleRule[] | undefined, key: string): LifecycleRule[] => (rules ?? []).filter((rule) => rule.enabled && key.startsWith(rule.prefix));

/** The value of x-amz-expiration: the earliest rule that will end this object; undefined where none will. */
export function expirationHeader(rules: readonly LifecycleRule[] | undefined, object: StoredObject): string | undefined {
  const expiries = rulesFor(rules, object.key).flatMap((rule) => {
    const date = expiryBy(rule, object.lastModified);
    return date === undefined ? [] : [{ date, id: rule.id }];
  });
  const earliest = expiries.sort((left, right) => left.date.getTime() - right.date.getTime())[0];
  return earliest && `expiry-date="${earliest.date.toUTCString()}", rule-id="${encodeURIComponent(earliest.id)}"`;
}

async function expireNoncurrent(bucket: Bucket, rule: LifecycleRule, versions: readonly ObjectVersion[], now: Date): Promise<number> {
  const { noncurrentExpiration } = rule;
  if (noncurrentExpiration === undefined) return 0;
  let expired = 0;
  // Newest first; a version became noncurrent when the one before it in this list was written.
  for (let index = 1 + (noncurrentExpiration.newerVersions ?? 0); index < versions.length; index += 1) {
    const [version, successor] = [versions[index]!, versions[index - 1]!];
    if (midnightAfter(successor.lastModified, noncurrentExpiration.days) > now) continue;
    // It may have become the current one since, by a deletion of the newer ones.
    if (bucket.index.current(version.key) === version) continue;
    await bucket.deleteVersion(version.key, version.versionId);
    expired += 1;
  }
  return expired;
}

async function expireCurrent(bucket: Bucket, rule: LifecycleRule, key: string, now: Date): Promise<number> {
  const current = bucket.index.current(key);
  if (current === undefined || rule.expiration === undefined) return 0;
  const expiry = expiryBy(rule, current.lastModified);
  const isDue = expiry !== undefined && expiry <= now;
  if (!current.deleteMarker) {
    return isDue && (await bucket.expire(current, now)) ? 1 : 0;
  }
  const stands = bucket.index.versionsOf(key).length > 1;
  const isCleaned = isDue || ('expiredObjectDeleteMarker' in rule.expiration && rule.expiration.expiredObjectDeleteMarker);
  if (stands || !isCleaned) return 0;
  await bucket.deleteVersion(key, current.versionId);
  return 1;
}

/**
 * Applies every bucket's rules as S3 does once a day: an expired current version gets a delete marker where versions are kept and is
 * gone elsewhere, expired noncurrent versions are gone, a delete marker that stands alone is cleaned up. Resolves to the count of actions.
 */
export async function applyLifecycle({ store, now }: { store: Store; now: Date }): Promise<{ actions: number }> {
  let actions = 0;
  for (const bucket of store.list()) {
    for (const key of bucket.index.keys()) {
      for (const rule of rulesFor(bucket.settings.lifecycle, key)) {
        actions += await expireNoncurrent(bucket, rule, bucket.index.versionsOf(key), now);
        actions += await expireCurrent(bucket, rule, key, now);
      }
    }
  }
  return { actions };
}
