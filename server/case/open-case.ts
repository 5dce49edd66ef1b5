import { randomBytes } from 'node:crypto';
import { type z } from 'zod';
import { type Actor } from '@/domain/actor';
import { makeCaseReference, REFERENCE_ENTROPY_BYTES } from '@/domain/case-reference';
import { type openCaseInput } from '@/domain/cases';
import { AppError } from '@/domain/errors';
import { appendAuditEvent } from '../audit/append-audit-event';
import { getDb, inTransaction, isUniqueViolation } from '../db';
import { requirePermission } from '../http/require-permission';

/** 35 random bits: two collisions in a row do not happen; more tries than this are a fault elsewhere. */
const MAX_TRIES = 5;

export type OpenCase = z.output<typeof openCaseInput> & { readonly actor: Actor; readonly now: Date };
export type OpenedCase = { readonly id: string; readonly reference: string };

/**
 * Opens a case for the customer's own organization and gives its reference. With the same `idempotencyKey` of the same
 * person it answers with the case that was opened first. Throws `not_found` for those who may not open cases.
 */
export async function openCase(input: OpenCase, random: () => Uint8Array = () => randomBytes(REFERENCE_ENTROPY_BYTES)): Promise<OpenedCase> {
  const { actor, now, idempotencyKey, ...details } = input;
  requirePermission(actor, 'case:open');
  if (actor.kind !== 'user' || actor.organizationId === null) throw new AppError('organization_needed');
  const { userId, organizationId } = actor;

  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const before = idempotencyKey ? await findOpened(userId, idempotencyKey) : null;
    if (before) return before;
    try {
      return await inTransaction(async (tx) => {
        const opened = await tx.case.create({
          data: { ...details, reference: makeCaseReference(random()), organizationId, openedById: userId, idempotencyKey: idempotencyKey ?? null, createdAt: now, updatedAt: now },
          select: { id: true, reference: true },
        });
        await appendAuditEvent(tx, now, {
          type: 'case.opened',
          actor,
          organizationId,
          caseId: opened.id,
          data: { reference: opened.reference, severity: details.severity, environment: details.environment },
        });
        return opened;
      });
    } catch (cause) {
      // Either the reference is taken, or the same form was sent twice at once: the next round tells which.
      if (!isUniqueViolation(cause)) throw cause;
    }
  }
  throw new AppError('conflict');
}

function findOpened(openedById: string, idempotencyKey: string): Promise<OpenedCase | null> {
  return getDb().case.findUnique({ where: { openedById_idempotencyKey: { openedById, idempotencyKey } }, select: { id: true, reference: true } });
}
