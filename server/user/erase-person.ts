import { z } from 'zod';
import { type Actor, type UserActor } from '@/domain/actor';
import { AppError, invalidField } from '@/domain/errors';
import { NDA_TO_SIGN } from '@/domain/nda-agreement';
import { isStaff, type Role } from '@/domain/roles';
import { SHARING_OPEN } from '@/domain/sharing';
import { emailAddress } from '@/domain/text';
import { appendAuditEvent, type NewAuditEvent } from '../audit/append-audit-event';
import { inTransaction, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { AGREEMENT_COLUMNS } from '../nda/agreement-scope';
import { moveAgreementUnrecorded } from '../nda/move-agreement';
import { queueNotice } from '../notice/queue-notice';
import { lockSharingForJob, moveSharingUnrecorded } from '../sharing/move-sharing';
import { tellSharingOver } from '../sharing/withdraw-sharing';
import { lockAddress } from './create-user';
import { keepAnAdministrator, lockAdministrators, refuseOwnAccount, requireStaffManager } from './staff-rules';

export const erasePersonInput = z.strictObject({ email: emailAddress, confirmed: z.literal('on', { error: 'Tick the box if this is what has to be done.' }) });
export const eraseOwnAccountInput = z.strictObject({ email: emailAddress });

const ERASED_NAME = 'a person since erased';
/** Agreements that never became one; where nobody signed them either they prove nothing. */
const NEVER_AGREED = ['draft', 'declined', 'withdrawn', 'expired'] as const;

const wrongAddress = (message: string) => invalidField('email', message);

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
    await eraseUser(tx, { actor, now, userId: user.id, role: user.role, email });
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
    await eraseUser(tx, { actor, now, userId: actor.userId, role: actor.role, email });
  });
}

type Erased = { readonly actor: Actor; readonly now: Date; readonly userId: string; readonly role: Role; readonly email: string };

/**
 * Empties everything that says who the person was, and the link from their pseudonym to them (P-LOGS, decision 4). What stays: that they
 * did what they did, and what they signed, which is evidence of an agreement. Every row is changed before the first audit event: from there on the
 * chain's lock is held, and whoever waits for it may hold a row that is wanted here.
 */
async function eraseUser(tx: Tx, erased: Erased): Promise<void> {
  const { actor, now, userId, role, email } = erased;
  const pseudonym = (await tx.auditActor.findUnique({ where: { userId }, select: { id: true } }))?.id ?? null;
  await lockWhatEnds(tx, erased);
  const ended = [...(await endSharings(tx, erased)), ...(await endSignings(tx, erased))];
  await endCredentials(tx, erased);
  await forgetSignatory(tx, erased);
  await tx.notice.updateMany({ where: { address: email }, data: { address: null } });
  await tx.noticeMute.deleteMany({ where: { userId } });
  await tx.user.update({ where: { id: userId }, data: { email: null, name: null, disabledAt: now } });
  await tx.auditActor.updateMany({ where: { userId }, data: { userId: null } });
  if (role === 'admin') await keepAnAdministrator(tx);
  for (const event of ended) await appendAuditEvent(tx, now, event);
  await appendAuditEvent(tx, now, { type: 'user.erased', actor, data: { user: pseudonym } });
}

/** All at once and in order, before any of their cases: whoever ends one of them takes it and then its case. */
async function lockWhatEnds(tx: Tx, { userId, email }: Erased): Promise<void> {
  await tx.$queryRaw`select id from "SharingRequest" where "recipientUserId" = ${userId}::uuid or "recipientEmail" = ${email} order by id for update`;
  await tx.$queryRaw`select id from "NdaAgreement" where id in (select "agreementId" from "NdaSignatory" where "userId" = ${userId}::uuid or email = ${email}) order by id for update`;
}

/** What the person could still come in with, and what would bring them in. */
async function endCredentials(tx: Tx, { now, userId, email }: Erased): Promise<void> {
  await tx.session.deleteMany({ where: { userId } });
  await tx.signInToken.deleteMany({ where: { email } });
  await tx.invitation.deleteMany({ where: { email } });
  await tx.invitation.updateMany({ where: { invitedById: userId, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } });
  await tx.uploadKey.updateMany({ where: { createdById: userId, revokedAt: null }, data: { revokedAt: now } });
  await tx.ndaStandingApproval.updateMany({ where: { approvedById: userId, revokedAt: null }, data: { revokedAt: now } });
}

const signatoryIs = ({ userId, email }: Erased) => ({ OR: [{ userId }, { email }] });

/** Agreements that wait for this person's signature are withdrawn: nobody is left to remind. Answers what has to be recorded. */
async function endSignings(tx: Tx, erased: Erased): Promise<readonly NewAuditEvent[]> {
  const { actor, now, userId } = erased;
  const waiting = await tx.ndaAgreement.findMany({ where: { state: { in: [...NDA_TO_SIGN] }, signatories: { some: { ...signatoryIs(erased), replacedAt: null } } }, orderBy: { id: 'asc' }, select: AGREEMENT_COLUMNS });
  const events: NewAuditEvent[] = [];
  for (const agreement of waiting) {
    const also = async () => {
      if (agreement.createdById !== userId) await queueNotice(tx, { kind: 'nda_over', userId: agreement.createdById, data: { agreementId: agreement.id, how: 'withdrawn' } });
    };
    events.push(...(await moveAgreementUnrecorded(tx, { actor, now, agreement, event: 'withdraw', also })));
  }
  return events;
}

/** Where they did not sign, nothing has to say that they were to. */
async function forgetSignatory(tx: Tx, erased: Erased): Promise<void> {
  const theirs = signatoryIs(erased);
  const unsigned = { state: { in: [...NEVER_AGREED] }, signatures: { none: {} } };
  await tx.ndaSigningSession.updateMany({ where: { signatory: theirs, revokedAt: null }, data: { revokedAt: erased.now } });
  await tx.ndaSignatory.updateMany({ where: { ...theirs, linkHash: { not: null } }, data: { linkHash: null } });
  // A document that was drawn for signing names who was to sign.
  await tx.ndaAgreement.updateMany({ where: { ...unsigned, signatories: { some: theirs } }, data: { document: null } });
  await tx.ndaAgreement.updateMany({ where: { ...unsigned, noticeEmail: erased.email }, data: { noticeEmail: null } });
  await tx.ndaSignatory.updateMany({ where: { AND: [theirs, { OR: [{ replacedAt: { not: null } }, { agreement: unsigned }] }] }, data: { name: ERASED_NAME, title: '', email: '' } });
}

/** Nobody reads any more what was shared with this person; the requests forget their address. Answers what has to be recorded. */
async function endSharings(tx: Tx, { actor, now, userId, email }: Erased): Promise<readonly NewAuditEvent[]> {
  const theirs = { OR: [{ recipientUserId: userId }, { recipientEmail: email }] };
  const open = await tx.sharingRequest.findMany({ where: { ...theirs, state: { in: [...SHARING_OPEN] } }, orderBy: { id: 'asc' }, select: { id: true } });
  const events: NewAuditEvent[] = [];
  for (const { id } of open) {
    const sharing = await lockSharingForJob(tx, id);
    const move = sharing && (await moveSharingUnrecorded(tx, { actor, now, sharing, event: 'withdraw', set: { endedBecause: 'support' }, data: { because: 'support' }, also: () => tellSharingOver(tx, { ...sharing, recipientUserId: null }, { how: 'withdrawn', but: null }) }));
    if (move) events.push(move);
  }
  await tx.sharingRequest.updateMany({ where: theirs, data: { recipientEmail: null } });
  return events;
}
