import { statSync } from 'node:fs';
import path from 'node:path';
import { type LogFacts } from '@/domain/policy-evidence';
import { getEnv } from '../env';
import { logFolder } from '../logger';
import { ARCHIVE, LOG_KEPT_DAYS, parseLogName } from './log-names';
import { filesIn } from './rotating-file';

/** How the portal's own logs are kept on this machine, as seen just now: evidence for P-LOGS. Null where their folder cannot be looked at. */
export function getLogEvidence(): LogFacts | null {
  const folder = logFolder();
  const mode = modeOf(folder);
  if (mode === null) return null;
  const archived = filesIn(path.join(folder, ARCHIVE));
  const days = [...filesIn(folder), ...archived].flatMap((file) => parseLogName(file)?.day ?? []).sort();
  return {
    level: getEnv().LOG_LEVEL,
    isPrivate: (mode & 0o077) === 0,
    keptDays: LOG_KEPT_DAYS,
    oldestDay: days[0] ?? null,
    areArchivesEncrypted: getEnv().LOG_ARCHIVE_KEY_FILE !== undefined,
    plainArchives: archived.filter((file) => file.endsWith('.gz')).length,
  };
}

function modeOf(folder: string): number | null {
  try {
    return statSync(/* turbopackIgnore: true */ folder).mode;
  } catch {
    return null;
  }
}
