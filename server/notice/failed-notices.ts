import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { mailFailure } from '@/domain/mail-failures';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, type Prisma } from '../db';
import { requirePermission } from '../http/require-permission';
import { enqueueJob } from '../jobs/enqueue-job';
import { composeNotice } from './compose-notice';
import { isNoticeKind } from './notice-kinds';
import { mayBeRetried } from './notice-topics';

export const FAILED_A_PAGE = 50;

/** A notice that did not get out, without saying to whom. Times are ISO 8601, UTC. */
export type FailedNotice = {
  readonly id: string;
  readonly at: string;
  /** As in the mail: subjects hold no personal data. */
  readonly subject: string;
  readonly caseReference: string | null;
  readonly attempts: number;
  /** A stable code, and what it means. */
  readonly code: string;
  readonly why: string;
  /** When it is tried again by itself; null once it was given up. */
  readonly nextAttemptAt: string | null;
  readonly mayBeRetried: boolean;
};
export type FailedNotices = { readonly items: readonly FailedNotice[]; readonly total: number };

export const retryNoticeInput = z.strictObject({ noticeId: z.uuid() });

/** To somebody who has no account any more, or no access: there is nobody to write to. */
const NOBODY = ['recipient_disabled', 'no_address', 'unknown_kind'];
const failed = { OR: [{ state: 'dead' }, { state: 'queued', attempts: { gt: 0 }, lastError: { not: null } }] } as const satisfies Prisma.NoticeWhereInput;

/** Mail that was given up, and mail that failed and is tried again; the latest first. For administrators (`settings:manage`). `page` is counted from 1. */
export async function listFailedNotices({ actor, page = 1 }: { readonly actor: UserActor; readonly page?: number }): Promise<FailedNotices> {
  requirePermission(actor, 'settings:manage');
  const db = getDb();
  const [rows, total] = await Promise.all([
    db.notice.findMany({ where: failed, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * FAILED_A_PAGE, take: FAILED_A_PAGE }),
    db.notice.count({ where: failed }),
  ]);
  const cases = await db.case.findMany({ where: { id: { in: rows.flatMap(({ caseId }) => caseId ?? []) } }, select: { id: true, reference: true } });
  const references = new Map(cases.map(({ id, reference }) => [id, reference]));
  const items = rows.map((row): FailedNotice => ({
    id: row.id,
    at: row.createdAt.toISOString(),
    subject: subjectOf(row.kind, row.data),
    caseReference: references.get(row.caseId ?? '') ?? null,
    attempts: row.attempts,
    ...mailFailure(row.lastError),
    nextAttemptAt: row.state === 'queued' ? row.nextAttemptAt.toISOString() : null,
    mayBeRetried: row.state === 'dead' && canGoOut(row.kind, row.lastError),
  }));
  return { items, total };
}

function canGoOut(kind: string, lastError: string | null): boolean {
  return isNoticeKind(kind) && mayBeRetried(kind) && !NOBODY.includes(lastError ?? '');
}

function subjectOf(kind: string, data: unknown): string {
  try {
    return isNoticeKind(kind) ? composeNotice(kind, data).subject : kind;
  } catch {
    return kind;
  }
}

/** Puts a notice that was given up in line again, with all its attempts. Throws `not_found`; `conflict` where it is not given up, or cannot go out any more. */
export async function retryNotice({ actor, now, noticeId }: { readonly actor: UserActor; readonly now: Date; readonly noticeId: string }): Promise<void> {
  requirePermission(actor, 'settings:manage');
  await inTransaction(async (tx) => {
    const row = await tx.notice.findUnique({ where: { id: noticeId }, select: { kind: true, caseId: true, lastError: true } });
    if (!row) throw new AppError('not_found');
    if (!canGoOut(row.kind, row.lastError)) throw new AppError('conflict');
    const { count } = await tx.notice.updateMany({ where: { id: noticeId, state: 'dead' }, data: { state: 'queued', attempts: 0, lastError: null, nextAttemptAt: new Date(0) } });
    if (count !== 1) throw new AppError('conflict');
    await enqueueJob(tx, 'send-notices', {});
    await appendAuditEvent(tx, now, { type: 'notice.retried', actor, caseId: row.caseId, data: { noticeId, kind: row.kind } });
  });
}
