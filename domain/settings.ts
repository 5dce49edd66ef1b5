import { z } from 'zod';
import { RETENTION_DAYS, type RetentionSubject } from './retention';

/** The periods of the policy are the longest that a setting can say; longer is an extension, with notice (P-EXTEND). */
const daysUpTo = (max: number) =>
  z.coerce.number({ error: 'Type a number of days.' }).int({ error: 'Type whole days.' }).min(1, { error: 'One day is the least.' }).max(max, { error: `The policy promises ${max} days at most. Longer is possible for one file, with notice to its customer.` });

export type RetentionPeriods = Readonly<Record<RetentionSubject, number>>;

/** The key of each period in the table of settings. */
export const PERIOD_KEYS: Readonly<Record<RetentionSubject, string>> = { raw_file: 'retention.raw_file', analysis_output: 'retention.analysis_output', manual_output: 'retention.manual_output' };

/** What the form of the settings sends. A manual output lives one day already, which is the least. */
export const changePeriodsInput = z.strictObject({ rawDays: daysUpTo(RETENTION_DAYS.raw_file), analysisDays: daysUpTo(RETENTION_DAYS.analysis_output) });

/** A stored period, or the policy's where what is stored is not a period. */
export function storedPeriod(subject: RetentionSubject, value: unknown): number {
  const longest = RETENTION_DAYS[subject];
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= longest ? value : longest;
}
