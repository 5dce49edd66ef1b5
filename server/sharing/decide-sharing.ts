import { type Actor, type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { caseScope } from '../case/case-scope';
import { inTransaction, type Tx } from '../db';
import { requireUser } from '../http/require-permission';
import { queueNotice } from '../notice/queue-notice';
import { createUser, lockAddress } from '../user/create-user';
import { filesLeft, lockSharing, moveSharing, type SharingRow } from './move-sharing';

type Decide = { readonly actor: Actor; readonly now: Date; readonly sharingId: string };

function requireDecider(actor: Actor): UserActor {
  requireUser(actor, 'sharing:decide');
  return actor;
}

/** The recipient's account, whose address is locked already, made at the approval where there is none: before it nobody knows them here, and they cannot sign in to anything. */
async function recipientOf(tx: Tx, actor: UserActor, sharing: SharingRow, now: Date): Promise<{ readonly id: string; readonly pseudonym: string }> {
  const email = sharing.recipientEmail;
  if (email === null) throw new AppError('sharing_wrong_state');
  const known = await tx.user.findUnique({ where: { email }, select: { id: true, role: true, disabledAt: true, auditActor: { select: { id: true } } } });
  if (known && (known.role !== 'subcontractor' || known.disabledAt)) throw new AppError('recipient_not_possible');
  const user = known ?? (await createUser(tx, { email, role: 'subcontractor', by: actor, now }));
  return { id: user.id, pseudonym: user.auditActor?.id ?? '' };
}

/**
 * A customer of the organization approves: from now to the end date the recipient sees the results of the files that are left, and is told by mail. Repeating it
 * changes nothing. Throws `not_found`; `sharing_wrong_state` where it was refused, withdrawn, or its date has come, or nothing of it is left;
 * `recipient_not_possible` where the address became an account of another kind meanwhile.
 */
export async function approveSharing({ actor, now, sharingId }: Decide): Promise<void> {
  const decider = requireDecider(actor);
  await inTransaction(async (tx) => {
    // Before the request's row, as whoever erases a person does it. The address of a request only ever goes.
    const asked = await tx.sharingRequest.findFirst({ where: { id: sharingId, case: caseScope(decider) }, select: { recipientEmail: true } });
    if (asked?.recipientEmail) await lockAddress(tx, asked.recipientEmail);
    const sharing = await lockSharing(tx, decider, sharingId);
    if (sharing.state === 'approved' && sharing.endsAt > now) return;
    const left = await filesLeft(tx, sharing.id);
    if (sharing.state !== 'asked' || sharing.endsAt <= now || left.length === 0) throw new AppError('sharing_wrong_state');
    // Before anything is audited: whoever changes the case takes its row first and the end of the audit chain after it.
    await tx.$queryRaw`select id from "Case" where id = ${sharing.caseId}::uuid for no key update`;
    const recipient = await recipientOf(tx, decider, sharing, now);
    const done = await moveSharing(tx, {
      actor,
      now,
      sharing,
      event: 'approve',
      when: { endsAt: { gt: now } },
      set: { decidedById: decider.userId, decidedAt: now, recipientUserId: recipient.id },
      data: { recipient: recipient.pseudonym, files: left.length },
      also: async () => {
        await queueNotice(tx, { kind: 'sharing_decided', userId: sharing.askedById, caseId: sharing.caseId, data: { reference: sharing.case.reference, isApproved: true } });
        await queueNotice(tx, { kind: 'shared_with_you', userId: recipient.id, data: { sharingId: sharing.id, endsAt: sharing.endsAt.toISOString() } });
      },
    });
    if (!done) throw new AppError('sharing_wrong_state');
  });
}

/** A customer of the organization refuses. Repeating it changes nothing; what was decided otherwise or is over: `sharing_wrong_state`. */
export async function refuseSharing({ actor, now, sharingId }: Decide): Promise<void> {
  const decider = requireDecider(actor);
  await inTransaction(async (tx) => {
    const sharing = await lockSharing(tx, decider, sharingId);
    if (sharing.state === 'refused') return;
    const done = await moveSharing(tx, {
      actor,
      now,
      sharing,
      event: 'refuse',
      set: { decidedById: decider.userId, decidedAt: now },
      also: () => queueNotice(tx, { kind: 'sharing_decided', userId: sharing.askedById, caseId: sharing.caseId, data: { reference: sharing.case.reference, isApproved: false } }),
    });
    if (!done) throw new AppError('sharing_wrong_state');
  });
}
