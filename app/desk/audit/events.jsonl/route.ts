import { AppError } from '@/domain/errors';
import { exportAuditLog } from '@/server/audit/export-audit-log';
import { apiRoute } from '@/server/http/api-route';
import { streamAnswer } from '@/server/http/file-answer';
import { isSameOrigin } from '@/server/http/same-origin';

/** The audit log as JSON lines, the first event first. Each export is an event itself, so it has to come from a page of the portal; asking for the headers alone would leave a reading open. */
export const GET = apiRoute({
  auth: 'session',
  handler: async ({ actor, now, request }) => {
    if (request.method !== 'GET') throw new AppError('method_not_allowed');
    if (!isSameOrigin(request.headers)) throw new AppError('cross_origin', { detail: 'Each export is recorded, so it begins at the portal itself: press "Export as JSON lines" on the page "Audit" of the desk.' });
    return streamAnswer(await exportAuditLog({ actor, now }), { type: 'application/jsonl; charset=utf-8', fileName: `audit-${now.toISOString().slice(0, 10)}.jsonl` });
  },
});
