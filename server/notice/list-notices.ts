import { type UserActor } from '@/domain/actor';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { composeNotice } from './compose-notice';
import { isNoticeKind } from './notice-kinds';
import { type NoticeMessage } from './notice-message';

export type NoticeView = { readonly id: string; readonly at: string; readonly isRead: boolean; readonly subject: string; readonly paragraphs: readonly string[]; readonly action: { readonly label: string; readonly path: string } | null };
export type NoticePage = { readonly notices: readonly NoticeView[]; readonly unread: number; readonly total: number };

export const NOTICES_A_PAGE = 25;

/** Null for a notice of a later or earlier version that this one cannot tell. */
function wordsOf(kind: string, data: unknown): NoticeMessage | null {
  try {
    return isNoticeKind(kind) ? composeNotice(kind, data) : null;
  } catch {
    return null;
  }
}

/** The actor's own notices, newest first. Times are ISO 8601, UTC; `page` is counted from 1. */
export async function listNotices({ actor, page = 1 }: { actor: UserActor; page?: number }): Promise<NoticePage> {
  requirePermission(actor, 'session:manage');
  const where = { userId: actor.userId };
  const [rows, unread, total] = await Promise.all([
    getDb().notice.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * NOTICES_A_PAGE, take: NOTICES_A_PAGE }),
    getDb().notice.count({ where: { ...where, readAt: null } }),
    getDb().notice.count({ where }),
  ]);
  const notices = rows.flatMap((row) => {
    const words = wordsOf(row.kind, row.data);
    return words ? [{ id: row.id, at: row.createdAt.toISOString(), isRead: row.readAt !== null, subject: words.subject, paragraphs: words.paragraphs, action: words.action ?? null }] : [];
  });
  return { notices, unread, total };
}
