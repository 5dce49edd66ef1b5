import { AppError, type ErrorCode, isAppError } from '@/domain/errors';
import { log, logSecurity } from '../logger';
import { errorReference } from './error-reference';

export type ReportedError = { readonly error: AppError; readonly reference: string };

/** Codes of node-postgres and Prisma for a database that cannot be reached. */
const DATABASE_AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'P1001', 'P1002', 'P1008', 'P1017', 'P2024']);

/** Refusals that somebody who watches over the portal wants to see together: they stand in the file of security events too. */
const SECURITY: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unauthenticated', 'cross_origin', 'rate_limited', 'link_invalid', 'staff_sign_in_needed', 'invitation_for_other_address', 'upload_key_invalid', 'signing_code_wrong', 'signing_code_expired',
  'signing_link_for_other_account', 'own_account', 'last_admin',
]);

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** What may be told: an AppError as it is, a database that is away as `not_ready`, everything else as `internal`. */
function tellable(error: unknown): AppError {
  if (isAppError(error)) return error;
  return DATABASE_AWAY.has(codeOf(error) ?? '') ? new AppError('not_ready', { cause: error }) : new AppError('internal', { cause: error });
}

/**
 * The one mapper of errors (docs/design.md, habit 8): logs once with a reference, hides the inside. Refusals are logged as information,
 * our own mistakes as errors with the class of what was thrown, never with its message.
 */
export function reportError(thrown: unknown, where: { readonly method?: string; readonly route?: string; readonly actor?: string; readonly peer?: string }): ReportedError {
  const error = tellable(thrown);
  const reference = errorReference();
  const ours = error.status >= 500;
  const cause = isAppError(thrown) ? thrown.cause : thrown;
  log(ours ? 'error' : 'info', ours ? 'request-failed' : 'request-refused', { ...where, reference, code: error.code, status: error.status, ...(ours || cause ? { error: cause ?? thrown } : {}) });
  if (SECURITY.has(error.code)) logSecurity('warn', 'request-refused', { ...where, reference, code: error.code, status: error.status });
  return { error, reference };
}
