import { anchorAuditLog } from '../audit/anchor-audit-log';
import { deleteAbandonedObjects } from '../file/delete-abandoned-objects';
import { eraseOrder } from '../erasure/erase-order';
import { tendErasures } from '../erasure/tend-erasures';
import { verifyFile } from '../file/verify-file';
import { archivePortalLogs } from '../log/archive-portal-logs';
import { log } from '../logger';
import { countersignUnderApproval } from '../nda/countersign-agreement';
import { runNdaClock } from '../nda/run-nda-clock';
import { sendDueNotices } from '../notice/send-due-notices';
import { endAccess } from '../raw-access/end-access';
import { reconcile } from '../reconcile/reconcile';
import { sweep } from '../retention/sweep';
import { JOB_PAYLOADS, type JobName, type JobPayload } from './job-table';
import { prune } from './prune';

type Run = { readonly now: Date; readonly signal: AbortSignal };

const RUNNERS: { readonly [Name in JobName]: (payload: JobPayload<Name>, run: Run) => Promise<unknown> } = {
  'verify-file': ({ fileId }, { signal }) => verifyFile({ fileId, signal }),
  'delete-objects': ({ fileId }, { signal }) => deleteAbandonedObjects({ fileId, signal }),
  'send-notices': (_payload, { now, signal }) => sendDueNotices({ now, signal }),
  'countersign-nda': ({ agreementId }, { now }) => countersignUnderApproval({ agreementId, now }),
  'nda-clock': (_payload, { now }) => runNdaClock({ now }),
  erase: ({ orderId }, { signal }) => eraseOrder({ orderId, signal }),
  'tend-erasures': (_payload, { now, signal }) => tendErasures({ now, signal }),
  sweep: (_payload, { now, signal }) => sweep({ now, signal }),
  'end-access': (_payload, { now }) => endAccess({ now }),
  reconcile: (_payload, { now, signal }) => reconcile({ now, signal }),
  prune: (_payload, { now }) => prune({ now }),
  'anchor-audit': (_payload, { now }) => anchorAuditLog({ now }),
  'archive-logs': (_payload, { now }) => archivePortalLogs({ now }),
};

/** Cron adds a member of its own to the payload. */
function withoutCron(payload: unknown): unknown {
  if (typeof payload !== 'object' || payload === null || !('_cron' in payload)) return payload;
  const { _cron, ...rest } = payload;
  return rest;
}

/**
 * Runs one job of the queue. A payload that does not parse can never run: it is logged and dropped, so that it is not tried
 * again. Throws what the job throws; the queue tries it again later.
 */
export async function runJob<Name extends JobName>(name: Name, payload: unknown, run: Run): Promise<void> {
  const parsed = JOB_PAYLOADS[name].safeParse(withoutCron(payload));
  if (!parsed.success) {
    log('error', 'job-payload-refused', { job: name });
    return;
  }
  await RUNNERS[name](parsed.data as JobPayload<Name>, run);
}
