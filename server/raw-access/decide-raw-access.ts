import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { may } from '@/domain/permissions';
import { rawAccessStateAt } from '@/domain/raw-access';
import { inTransaction, type Tx } from '../db';
import { requireUser } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { grantIn } from './grant-in';
import { type GrantRow, lockGrant, moveGrant } from './move-grant';
import { isSecondPersonNeeded } from './second-person';

type Decide = { readonly actor: Actor; readonly now: Date; readonly grantId: string };

/** Who asked is still a data administrator who may sign in: a role that was taken away takes the request with it. */
async function askerIsThere(tx: Tx, { askedById }: GrantRow): Promise<boolean> {
  return (await tx.user.count({ where: { id: askedById, role: 'data_admin', disabledAt: null } })) === 1;
}

/**
 * A second person grants: another data administrator or an administrator, never who asked (unless the setting says that nobody else is needed). The hours begin now, and the
 * customer is told. Repeating it while the grant holds changes nothing. Throws `not_found`, `raw_access_own`, `raw_access_wrong_state`.
 */
export async function grantRawAccess({ actor, now, grantId }: Decide): Promise<void> {
  requireUser(actor, 'raw:decide');
  await inTransaction(async (tx) => {
    const grant = await lockGrant(tx, actor, grantId);
    if (isSecondPersonNeeded() && grant.askedById === actor.userId) throw new AppError('raw_access_own');
    const state = rawAccessStateAt(grant, now);
    if (state === 'granted') return;
    if (state !== 'asked' || !(await askerIsThere(tx, grant)) || !(await grantIn(tx, { actor, now, grant }))) throw new AppError('raw_access_wrong_state');
  });
}

/** A second person refuses. Repeating it changes nothing. Throws `not_found`, `raw_access_own`, `raw_access_wrong_state`. */
export async function refuseRawAccess({ actor, now, grantId }: Decide): Promise<void> {
  requireUser(actor, 'raw:decide');
  await inTransaction(async (tx) => {
    const grant = await lockGrant(tx, actor, grantId);
    if (grant.askedById === actor.userId) throw new AppError('raw_access_own', { detail: 'You asked for this yourself. Give it back instead.' });
    if (grant.state === 'refused') return;
    const also = () => queueNotice(tx, { kind: 'raw_access_decided', userId: grant.askedById, caseId: grant.caseId, data: { reference: grant.case.reference, isGranted: false } });
    if (!(await moveGrant(tx, { actor, now, grant, event: 'refuse', also }))) throw new AppError('raw_access_wrong_state');
  });
}

/**
 * Ends a request or a grant before its time: who asked gives it back, an administrator takes it away. A read under way stops. Repeating it changes nothing.
 * Throws `not_found`, `raw_access_wrong_state`.
 */
export async function revokeRawAccess({ actor, now, grantId }: Decide): Promise<void> {
  requireUser(actor, 'raw:decide');
  await inTransaction(async (tx) => {
    const grant = await lockGrant(tx, actor, grantId);
    const isOwn = grant.askedById === actor.userId;
    if (!isOwn && !may(actor, 'raw:revoke')) throw new AppError('not_found');
    if (grant.state === 'revoked') return;
    const because = isOwn ? 'asker' : 'admin';
    if (!(await moveGrant(tx, { actor, now, grant, event: 'revoke', set: { revokedAt: now, endedBecause: because }, data: { because } }))) throw new AppError('raw_access_wrong_state');
  });
}
