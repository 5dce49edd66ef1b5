import { backstopDays, extendableDays, movedDueDate } from '@/domain/retention';
import { type Prisma, type Tx } from '../db';
import { getEnv } from '../env';

const columns = {
  id: true, fileId: true, startedAt: true, periodDays: true, dueAt: true, deletionBegunAt: true, endedAt: true,
  extensions: { where: { state: 'effective' }, select: { days: true } },
} as const satisfies Prisma.RetentionClockSelect;
export type LockedClock = Prisma.RetentionClockGetPayload<{ select: typeof columns }>;

/** The clock, which nobody else changes before `tx` ends; null where there is none. */
export async function lockClock(tx: Tx, clockId: string): Promise<LockedClock | null> {
  await tx.$queryRaw`select id from "RetentionClock" where id = ${clockId}::uuid for update`;
  return tx.retentionClock.findUnique({ where: { id: clockId }, select: columns });
}

export function extendedDays(clock: Pick<LockedClock, 'extensions'>): number {
  return clock.extensions.reduce((sum, { days }) => sum + days, 0);
}

/** Days by which a file can be kept longer beside the extensions that are in effect. */
export function daysLeftToExtend(clock: LockedClock, { reservedAt }: { readonly reservedAt: Date }): number {
  return extendableDays({ ...clock, reservedAt }, backstopDays(getEnv().RETENTION_RAW_DAYS)) - extendedDays(clock);
}

/** True while a clock can still be moved: its time is not over, and nothing of its subject was deleted. */
export function isRunning(clock: Pick<LockedClock, 'endedAt' | 'deletionBegunAt' | 'dueAt'>, now: Date): boolean {
  return clock.endedAt === null && clock.deletionBegunAt === null && clock.dueAt > now;
}

/**
 * Writes where a locked clock stands now: its start, its period (a shorter one where `periodDays` says so) and the extensions in effect. The one place that moves
 * a clock.
 */
export async function moveClock(tx: Tx, clockId: string, now: Date, periodDays?: number): Promise<Date> {
  const clock = await tx.retentionClock.findUniqueOrThrow({ where: { id: clockId }, select: columns });
  const period = Math.min(clock.periodDays, periodDays ?? clock.periodDays);
  const dueAt = movedDueDate({ ...clock, periodDays: period, extendedDays: extendedDays(clock) }, now);
  await tx.retentionClock.update({ where: { id: clockId }, data: { dueAt, periodDays: period } });
  return dueAt;
}
