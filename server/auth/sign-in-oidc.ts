import { type UserActor } from '@/domain/actor';
import { isStaff } from '@/domain/roles';
import { emailAddress } from '@/domain/text';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction } from '../db';
import { SESSION_USER, startSession } from '../session/start-session';

/**
 * Admits a person whom the company's identity provider vouches for: their address has to be verified there (OpenID Connect
 * Core 5.1, `email_verified`) and has to be a staff account here already. Null, with an audit event, for everybody else.
 */
export async function signInOidc({ email, emailVerified, device, now }: { email: unknown; emailVerified: unknown; device: string; now: Date }): Promise<UserActor | null> {
  const address = emailAddress.safeParse(email);
  return inTransaction(async (tx) => {
    const user = address.success && emailVerified === true ? await tx.user.findUnique({ where: { email: address.data }, select: SESSION_USER }) : null;
    if (user && !user.disabledAt && isStaff(user.role)) return startSession(tx, { user, device, method: 'oidc', now });
    const reason = emailVerified === true ? 'oidc_not_staff' : 'oidc_not_verified';
    await appendAuditEvent(tx, now, { type: 'session.refused', actor: { kind: 'anonymous' }, data: { reason } });
    return null;
  });
}
