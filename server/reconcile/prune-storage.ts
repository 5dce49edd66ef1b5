import { DAY_MS } from '@/domain/durations';
import { getDb } from '../db';

/** How long a row of an object that was erased stays; it holds no key. The audit log keeps the event. */
const KEPT_DAYS = 90;
/** A look that does not come to its end by then begins anew: its marker may be what keeps it from going on. */
const STUCK_DAYS = 2;

/** Removes what nobody needs of the comparison of bucket and ledger. */
export async function pruneStorage({ now }: { readonly now: Date }): Promise<{ removed: number }> {
  const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const objects = await getDb().unannouncedObject.deleteMany({ where: { erasedAt: { lt: before(KEPT_DAYS) } } });
  const looks = await getDb().storageLook.deleteMany({ where: { endedAt: null, startedAt: { lt: before(STUCK_DAYS) } } });
  return { removed: objects.count + looks.count };
}
