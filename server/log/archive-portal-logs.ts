import { HOUR_MS } from '@/domain/durations';
import { getEnv } from '../env';
import { log, logFolder } from '../logger';
import { archiveLogs } from './archive-logs';

/** A job, run each hour: archives the logs of this machine that are finished and removes those past their 30 days. */
export async function archivePortalLogs({ now }: { readonly now: Date }): Promise<{ archived: number; removed: number }> {
  const done = await archiveLogs({ folder: logFolder(), now, keyFile: getEnv().LOG_ARCHIVE_KEY_FILE });
  if (done.archived + done.removed > 0) log('info', 'logs-archived', { count: done.archived });
  return done;
}

/** The same in a web process, which may run where there is no worker. Does not keep the process alive. */
export function keepArchivingLogs(): void {
  const once = () => void archivePortalLogs({ now: new Date() }).catch((error: unknown) => log('error', 'log-archive-failed', { error }));
  setInterval(once, HOUR_MS).unref();
  once();
}
