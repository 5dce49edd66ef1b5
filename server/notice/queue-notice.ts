import { sealSecret } from '../crypto/secrets';
import { type Tx } from '../db';
import { enqueueJob } from '../jobs/enqueue-job';
import { isMuted } from './notice-settings';
import { NOTICE_DATA, type NoticeData, type NoticeKind } from './notice-kinds';

const SEND_NOTICES_JOB = 'send-notices';

export type NewNotice<K extends NoticeKind> = {
  readonly kind: K;
  /** Whom it is for: a user, or an address where there is no user yet. */
  readonly userId?: string;
  readonly address?: string;
  readonly caseId?: string;
  readonly fileId?: string;
  readonly data: NoticeData<K>;
  /** The secret of a link. Kept sealed, and only until the notice was sent or given up. */
  readonly secret?: string;
};

/**
 * Writes a notice in the transaction of what it tells, and a job that mails it once that commits: no page waits for a mail
 * server. What the person does not want by mail is shown in the portal alone. Call it before `appendAuditEvent`. Answers the notice's id. Throws where the data does not fit the kind.
 */
export async function queueNotice<K extends NoticeKind>(tx: Tx, notice: NewNotice<K>): Promise<string> {
  if (Boolean(notice.userId) === Boolean(notice.address)) throw new Error('A notice is for a user or for an address.');
  const data = NOTICE_DATA[notice.kind].parse(notice.data);
  const muted = notice.userId ? await isMuted(tx, { userId: notice.userId, kind: notice.kind }) : false;
  const { id } = await tx.notice.create({
    data: {
      kind: notice.kind,
      state: muted ? 'unmailed' : 'queued',
      userId: notice.userId ?? null,
      address: notice.address ?? null,
      caseId: notice.caseId ?? null,
      fileId: notice.fileId ?? null,
      // Due at once, whatever the database's clock says.
      nextAttemptAt: new Date(0),
      data: { ...data, ...(notice.secret ? { sealed: sealSecret(notice.secret) } : {}) },
    },
    select: { id: true },
  });
  if (!muted) await enqueueJob(tx, SEND_NOTICES_JOB, {});
  return id;
}
