import path from 'node:path';
import { getEnv } from '../env';
import { logFolder } from '../logger';
import { ARCHIVE, LOG_KEPT_DAYS, parseLogName } from './log-names';
import { filesIn } from './rotating-file';

/** How the portal's own logs are kept on this machine, as seen just now: evidence for P-LOGS. `oldestDay` is a UTC day; null without logs. */
export type LogEvidence = { readonly keptDays: number; readonly oldestDay: string | null; readonly archivesAreEncrypted: boolean; readonly plainArchives: number };

export function getLogEvidence(): LogEvidence {
  const folder = logFolder();
  const archived = filesIn(path.join(folder, ARCHIVE));
  const days = [...filesIn(folder), ...archived].flatMap((file) => parseLogName(file)?.day ?? []).sort();
  return {
    keptDays: LOG_KEPT_DAYS,
    oldestDay: days[0] ?? null,
    archivesAreEncrypted: getEnv().LOG_ARCHIVE_KEY_FILE !== undefined,
    plainArchives: archived.filter((file) => file.endsWith('.gz')).length,
  };
}
