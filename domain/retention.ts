import { z } from 'zod';
import { DAY_MS, minutesBefore } from './durations';
import { paragraphOfText } from './text';

/** Periods of the policy, days (P-RAW-7, P-AUTO-30, P-MANUAL-1). */
export const RETENTION_DAYS = { raw_file: 7, analysis_output: 30, manual_output: 1 } as const;
export type RetentionSubject = keyof typeof RETENTION_DAYS;

/** When something that started its clock at `startedAt` is due to be gone. Days are 24 hours: no time zone, no DST. */
export function dueDate(startedAt: Date, periodDays: number): Date {
  return new Date(startedAt.getTime() + periodDays * DAY_MS);
}

/** An extension is at most this long at a time (P-EXTEND), and those of one file together at most that: the bucket's own backstop waits as long. */
export const MAX_EXTENSION_DAYS = 7;
export const MAX_EXTENDED_DAYS = 14;

/**
 * Days after which the bucket's own lifecycle rule deletes what the portal should have deleted: a backstop, one day behind the latest date that a clock can
 * have. A rule cannot tell which objects were extended (docs/decisions/0016-the-backstop-behind-extensions.md).
 */
export function backstopDays(rawDays: number): number {
  return rawDays + MAX_EXTENDED_DAYS + 1;
}

/**
 * Days by which a file can be kept longer in all: those of the policy, and no more than the bucket's own rule leaves, which counts from when an object was stored. The objects of a file that
 * took days to be sent are older than its clock.
 */
export function extendableDays({ reservedAt, startedAt, periodDays }: { readonly reservedAt: Date; readonly startedAt: Date; readonly periodDays: number }, backstop: number): number {
  const sending = Math.max(0, startedAt.getTime() - reservedAt.getTime()) / DAY_MS;
  return Math.max(0, Math.min(MAX_EXTENDED_DAYS, Math.floor(backstop - periodDays - sending)));
}

export type ExtensionState = 'proposed' | 'effective' | 'objected' | 'withdrawn' | 'undeliverable' | 'lapsed';

/** What a clock is made of. `extendedDays` are those of the extensions in effect. */
export type ClockFacts = { readonly startedAt: Date; readonly periodDays: number; readonly dueAt: Date; readonly extendedDays: number };

/**
 * Where a clock stands once its period or its extensions changed. A date that would lie in the past becomes `now`: due at once, and never
 * later than it was.
 */
export function movedDueDate({ startedAt, periodDays, dueAt, extendedDays }: ClockFacts, now: Date): Date {
  const computed = dueDate(startedAt, periodDays + extendedDays);
  if (computed >= now) return computed;
  return dueAt < now ? dueAt : now;
}

export const proposeExtensionInput = z.strictObject({
  fileId: z.uuid(),
  days: z.coerce.number({ error: 'Choose how many days.' }).int({ error: 'Choose whole days.' }).min(1, { error: 'Choose at least one day.' }).max(MAX_EXTENSION_DAYS, { error: `An extension is at most ${MAX_EXTENSION_DAYS} days at a time.` }),
  reason: paragraphOfText(1000, 'the reason'),
});

/** One extension as pages list it. Times are ISO 8601 in UTC. */
export type ExtensionView = {
  readonly id: string;
  readonly days: number;
  /** In support's words; null where the file was erased on order. */
  readonly reason: string | null;
  readonly state: ExtensionState;
  readonly proposedAt: string;
  /** "Support" for customers; staff read the name. */
  readonly proposedBy: string;
  readonly effectiveAt: string | null;
  readonly endedAt: string | null;
  /** Who ended it, where a person did. */
  readonly endedBy: string | null;
};

/** What somebody may still do about an extension of a file that is held. */
export function isOpenExtension({ state }: Pick<ExtensionView, 'state'>): boolean {
  return state === 'proposed' || state === 'effective';
}

/** After these many minutes something is wrong with the sweeper, which runs each minute. */
export const OVERDUE_MINUTES = 10;
export const SILENT_MINUTES = 5;
export const FAILURES_IN_A_ROW = 3;

export type SweepFacts = {
  /** When the last sweep that ran to its end did so; null where none ever did. */
  readonly sweptAt: Date | null;
  /** When the worker that was seen last began; null where none was seen within the last minutes. */
  readonly workerSince: Date | null;
  /** Clocks that ran out more than `OVERDUE_MINUTES` ago, and the oldest of their dates. */
  readonly overdue: number;
  readonly oldestDueAt: Date | null;
  /** How many of the latest sweeps, one after another, could not do all that was due. */
  readonly failuresInARow: number;
  /** True where anything has a clock. */
  readonly isAnythingHeld: boolean;
  /** Orders to erase that are not done after `ERASURE_LATE_MINUTES` (domain/erasure.ts). */
  readonly lateErasures?: number;
  /** When a sweep is said to have begun that is still to come; null where there is none. */
  readonly sweptAheadAt?: Date | null;
};

/** What is wrong with keeping the dates, as sentences for staff; empty where nothing is. */
export function retentionProblems(facts: SweepFacts, now: Date): string[] {
  const problems: string[] = [];
  const heard = [facts.sweptAt, facts.workerSince].filter((at) => at !== null).map((at) => at.getTime());
  const isSilent = facts.isAnythingHeld && (heard.length === 0 || Math.max(...heard) < minutesBefore(now, SILENT_MINUTES).getTime());
  if (facts.overdue > 0) problems.push(`${facts.overdue === 1 ? 'One file or result is' : `${facts.overdue} files or results are`} past the date on which ${facts.overdue === 1 ? 'it' : 'they'} had to be erased.`);
  if (isSilent) problems.push(`The sweeper, which erases what is due each minute, has not run for ${SILENT_MINUTES} minutes or more. Is a worker running?`);
  if (facts.failuresInARow >= FAILURES_IN_A_ROW) problems.push(`The last ${facts.failuresInARow} sweeps could not erase everything that was due. Does the storage answer?`);
  const late = facts.lateErasures ?? 0;
  if (late > 0) problems.push(`${late === 1 ? 'One order to erase is' : `${late} orders to erase are`} not done yet, after five minutes or more. Does the storage answer? Is a worker running?`);
  if (facts.sweptAheadAt) problems.push(`A sweep is recorded as of ${facts.sweptAheadAt.toISOString()}, which is still to come: the clock of a machine was set back, or ran ahead. Let every machine of the portal take its time from NTP.`);
  return problems;
}
