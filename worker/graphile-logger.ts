import { Logger } from 'graphile-worker';
import { log } from '@/server/logger';

/**
 * graphile-worker's messages quote payloads and errors: of each only its level, the job's name and the error's class reach
 * the portal's log (P-LOGS).
 */
export const graphileLogger = new Logger(({ taskIdentifier }) => (level, _message, meta) => {
  if (level !== 'error' && level !== 'warning') return;
  const error = meta && 'error' in meta ? meta.error : undefined;
  log(level === 'error' ? 'error' : 'warn', 'queue-complains', { job: taskIdentifier, error });
});
