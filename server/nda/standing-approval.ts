import { z } from 'zod';
import { type UserActor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { may } from '@/domain/permissions';
import { lineOfText } from '@/domain/text';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, isUniqueViolation, type Tx } from '../db';
import { requirePermission } from '../http/require-permission';
import { SESSION_USER } from '../session/start-session';
import { requirePrintableDetails } from './printable';

export const approvalInput = z.strictObject({ name: lineOfText(300, 'your name'), title: lineOfText(120, 'your title') });

export type StandingApproval = { readonly id: string; readonly approvedById: string; readonly signerName: string; readonly signerTitle: string; readonly createdAt: Date };

/** The approval that stands, if its author still may countersign: an account that was shut or lost the right approves nothing. */
export async function findStandingApproval(tx: Pick<Tx, 'ndaStandingApproval'>): Promise<StandingApproval | null> {
  const row = await tx.ndaStandingApproval.findFirst({ where: { revokedAt: null }, include: { approvedBy: { select: SESSION_USER } } });
  if (!row || row.approvedBy.disabledAt) return null;
  const author = { kind: 'user', userId: row.approvedById, pseudonym: '', role: row.approvedBy.role, organizationId: null, sessionId: '' } as const;
  return may(author, 'nda:countersign') ? row : null;
}

/** From now on signed agreements are countersigned in the actor's own name at once. `conflict` where one stands already. */
export async function giveStandingApproval({ actor, now, name, title }: { actor: UserActor; now: Date } & z.output<typeof approvalInput>): Promise<void> {
  requirePermission(actor, 'nda:countersign');
  requirePrintableDetails({ name, title });
  await inTransaction(async (tx) => {
    const { id } = await tx.ndaStandingApproval
      .create({ data: { approvedById: actor.userId, signerName: name, signerTitle: title, createdAt: now }, select: { id: true } })
      .catch((error: unknown) => {
        throw isUniqueViolation(error) ? new AppError('conflict', { detail: 'A standing approval is in place already. Take it back first.' }) : error;
      });
    await appendAuditEvent(tx, now, { type: 'nda.approval_given', actor, data: { approvalId: id } });
  });
}

/** Takes the standing approval back, one's own or a colleague's. What was countersigned stays. Repeating it changes nothing. */
export async function revokeStandingApproval({ actor, now }: { actor: UserActor; now: Date }): Promise<void> {
  requirePermission(actor, 'nda:countersign');
  await inTransaction(async (tx) => {
    const row = await tx.ndaStandingApproval.findFirst({ where: { revokedAt: null }, select: { id: true } });
    if (!row) return;
    const { count } = await tx.ndaStandingApproval.updateMany({ where: { id: row.id, revokedAt: null }, data: { revokedAt: now } });
    if (count === 1) await appendAuditEvent(tx, now, { type: 'nda.approval_revoked', actor, data: { approvalId: row.id } });
  });
}

/** What the settings page shows. `isEffective` is false where its author's account or right is gone. */
export async function getStandingApproval({ actor }: { actor: UserActor }): Promise<{ readonly signerName: string; readonly signerTitle: string; readonly since: string; readonly isEffective: boolean } | null> {
  requirePermission(actor, 'nda:countersign');
  const row = await getDb().ndaStandingApproval.findFirst({ where: { revokedAt: null } });
  if (!row) return null;
  return { signerName: row.signerName, signerTitle: row.signerTitle, since: row.createdAt.toISOString(), isEffective: (await findStandingApproval(getDb())) !== null };
}
