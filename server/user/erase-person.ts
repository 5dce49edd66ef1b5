import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { isStaff } from '@/domain/roles';
import { SHARING_OPEN } from '@/domain/sharing';
import { emailAddress } from '@/domain/text';
import { appendAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { lockSharingForJob, moveSharing } from '../sharing/move-sharing';
import { tellSharingOver } from '../sharing/withdraw-sharing';
import { lockAddress } from './create-user';
import { keepAnAdministrator, lockAdministrators, refuseOwnAccount, requireStaffManager } from './staff-rules';

export const erasePersonInput = z.strictObject({ email: emailAddress, confirmed: z.literal('on', { error: 'Tick the box if this is what has to be done.' }) });
export const eraseOwnAccountInput = z.strictObject({ email: emailAddress });

const ERASED_NAME = 'a person since erased';
/** Agreements that never became one prove nothing, so their signatory need not stay. */
const NEVER_AGREED = ['draft', 'declined', 'withdrawn', 'expired'] as const;

const wrongAddress = (message: string) => new AppError('validation_failed', { fields: [{ path: 'email', message }] });

/**
 * Erases the person with an address, customer or staff, for an administrator. What they did stays, as done by a person since erased.
 * Throws `validation_failed` for an address without an account, `own_account`, `last_admin`.
 */
export async function erasePerson({ actor, now, email }: { readonly actor: Actor; readonly now: Date; readonly email: string }): Promise<void> {
  requireStaffManager(actor);
  await inTransaction(async (tx) => {
    await lockAdministrators(tx);
    await lockAddress(tx, email);
    const user = await tx.user.findUnique({ where: { email }, select: { id: true, role: true } });
    if (!user) throw wrongAddress('There is no account with this address.');
    refuseOwnAccount(actor, user.id);
    await eraseUser(tx, { actor, now, userId: user.id, email });
    if (user.role === 'admin') await keepAnAdministrator(tx);
  });
}

/**
 * Erases the actor's own account, once they typed its address. Staff ask an administrator: nobody of them leaves without a trace of who decided it. Throws
 * `validation_failed` for another address, `not_found` for staff.
 */
export async function eraseOwnAccount({ actor, now, email }: { readonly actor: UserActor; readonly now: Date; readonly email: string }): Promise<void> {
  requirePermission(actor, 'session:manage');
  if (isStaff(actor.role)) throw new AppError('not_found');
  await inTransaction(async (tx) => {
    await lockAddress(tx, email);
    const user = await tx.user.findUnique({ where: { id: actor.userId }, select: { email: true } });
    if (user?.email !== email) throw wrongAddress('Type the address of this account, as it stands above.');
    await eraseUser(tx, { actor, now, userId: actor.userId, email });
  });
}

/**
 * Empties everything that says who the person was, and the link from their pseudonym to them (P-LOGS, decision 4). What stays: that they
 * did what they did, and what they signed, which is evidence of an agreement.
 */
async function eraseUser(tx: Tx, { actor, now, userId, email }: { readonly actor: Actor; readonly now: Date; readonly userId: string; readonly email: string }): Promise<void> {
  const pseudonym = (await tx.auditActor.findUnique({ where: { userId }, select: { id: true } }))?.id ?? null;
  await endSharings(tx, { actor, now, userId, email });
  await endCredentials(tx, { now, userId, email });
  await forgetSignatory(tx, { now, userId, email });
  await tx.notice.updateMany({ where: { address: email }, data: { address: null } });
  await tx.noticeMute.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { email: null, name: null, disabledAt: now } });
  await tx.auditActor.updateMany({ where: { userId }, data: { userId: null } });
  await appendAuditEvent(tx, now, { type: 'user.erased', actor, data: { user: pseudonym } });
}

/** What the person could still come in with, and what would bring them in. */
async function endCredentials(tx: Tx, { now, userId, email }: { readonly now: Date; readonly userId: string; readonly email: string }): Promise<void> {
  await tx.session.deleteMany({ where: { userId } });
  await tx.signInToken.deleteMany({ where: { email } });
  await tx.invitation.deleteMany({ where: { email } });
  await tx.invitation.updateMany({ where: { invitedById: userId, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
  await tx.uploadKey.updateMany({ where: { createdById: userId, revokedAt: null }, data: { revokedAt: now } });
  await tx.ndaStandingApproval.updateMany({ where: { approvedById: userId, revokedAt: null }, data: { revokedAt: now } });
}

async function forgetSignatory(tx: Tx, { now, userId, email }: { readonly now: Date; readonly userId: string; readonly email: string }): Promise<void> {
  const theirs = { OR: [{ userId }, { email }] };
  // A document that was drawn for signing names who was to sign.
  await tx.ndaAgreement.updateMany({ where: { state: { in: [...NEVER_AGREED] }, signatories: { some: theirs } }, data: { document: null } });
  await tx.ndaAgreement.updateMany({ where: { state: { in: [...NEVER_AGREED] }, noticeEmail: email }, data: { noticeEmail: null } });
  await tx.ndaSigningSession.updateMany({ where: { signatory: theirs, revokedAt: null }, data: { revokedAt: now } });
  await tx.ndaSignatory.updateMany({ where: { ...theirs, agreement: { state: { in: [...NEVER_AGREED] } } }, data: { name: ERASED_NAME, title: '', email: '', linkHash: null } });
}

/** Nobody reads any more what was shared with this person; the requests forget their address. */
async function endSharings(tx: Tx, { actor, now, userId, email }: { readonly actor: Actor; readonly now: Date; readonly userId: string; readonly email: string }): Promise<void> {
  const theirs = { OR: [{ recipientUserId: userId }, { recipientEmail: email }] };
  const open = await tx.sharingRequest.findMany({ where: { ...theirs, state: { in: [...SHARING_OPEN] } }, select: { id: true } });
  for (const { id } of open) {
    const sharing = await lockSharingForJob(tx, id);
    if (sharing) await moveSharing(tx, { actor, now, sharing, event: 'withdraw', set: { endedBecause: 'support' }, data: { because: 'support' }, also: () => tellSharingOver(tx, { ...sharing, recipientUserId: null }, { how: 'withdrawn', but: null }) });
  }
  await tx.sharingRequest.updateMany({ where: theirs, data: { recipientEmail: null } });
}
