import { exportAuditLog } from '@/server/audit/export-audit-log';
import { apiRoute } from '@/server/http/api-route';
import { streamAnswer } from '@/server/http/file-answer';

/** The audit log as JSON lines, the first event first. Each export is an event itself. */
export const GET = apiRoute({
  auth: 'session',
  handler: async ({ actor, now }) => streamAnswer(await exportAuditLog({ actor, now }), { type: 'application/jsonl; charset=utf-8', fileName: `audit-${now.toISOString().slice(0, 10)}.jsonl` }),
});
