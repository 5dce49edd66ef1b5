import { type Actor } from '@/domain/actor';
import { type FileRequestView } from '@/domain/case-view';
import { loadCase } from '../case/load-case';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { fileRequestColumns, serializeFileRequest } from './file-request-view';

/** What support asked for in a case, newest first. Unknown and forbidden: `not_found`. */
export async function listFileRequests({ actor, reference }: { actor: Actor; reference: string }): Promise<readonly FileRequestView[]> {
  requirePermission(actor, 'case:read');
  const db = getDb();
  const row = await loadCase(db, actor, reference);
  const rows = await db.fileRequest.findMany({ where: { caseId: row.id }, orderBy: { createdAt: 'desc' }, select: fileRequestColumns });
  return rows.map(serializeFileRequest);
}
