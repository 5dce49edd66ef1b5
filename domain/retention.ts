/** Periods of the policy, days (P-RAW-7, P-AUTO-30, P-MANUAL-1). */
export const RETENTION_DAYS = { raw_file: 7, analysis_output: 30, manual_output: 1 } as const;
export type RetentionSubject = keyof typeof RETENTION_DAYS;

const DAY_MS = 24 * 60 * 60 * 1000;

/** When something that started its clock at `startedAt` is due to be gone. Days are 24 hours: no time zone, no DST. */
export function dueDate(startedAt: Date, periodDays: number): Date {
  return new Date(startedAt.getTime() + periodDays * DAY_MS);
}

/** Days after which the bucket's own lifecycle rule deletes what the portal should have deleted: a backstop, one day behind. */
export function backstopDays(rawDays: number): number {
  return rawDays + 1;
}
