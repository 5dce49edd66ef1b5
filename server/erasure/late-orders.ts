import { minutesBefore } from '@/domain/durations';
import { ERASURE_LATE_MINUTES } from '@/domain/erasure';
import { type Prisma } from '../db';

/** Orders to erase that are not done in time, and those whose last look at what earlier URLs wrote should have been over by now. */
export function lateOrders(now: Date): Prisma.ErasureOrderWhereInput {
  const before = minutesBefore(now, ERASURE_LATE_MINUTES);
  return { OR: [{ state: { not: 'done' }, orderedAt: { lt: before } }, { state: 'done', watchEndedAt: null, watchUntil: { lt: before } }] };
}
