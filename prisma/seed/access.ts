import { HOUR_MS } from '@/domain/durations';
import { type RawAccessState } from '@/domain/raw-access';
import { type SharingState } from '@/domain/sharing';
import { getDb } from '@/server/db';
import { type SeedUser } from './library';

export type MakeSharing = { caseId: string; askedBy: SeedUser; fileIds: readonly string[]; recipientEmail?: string; recipient?: SeedUser; decidedBy?: SeedUser; state?: SharingState; purpose?: string; withCaseNotes?: boolean; days?: number; now?: Date };

/** A request to share in any state; one that was approved needs its recipient and who decided. */
export async function makeSharing(options: MakeSharing): Promise<{ id: string }> {
  const { caseId, askedBy, fileIds, recipient, decidedBy, state = 'asked', days = 7, now = new Date() } = options;
  return getDb().sharingRequest.create({
    data: {
      caseId, askedById: askedBy.id, state, stateAt: now, createdAt: now, endsAt: new Date(now.getTime() + days * 24 * HOUR_MS),
      purpose: options.purpose ?? 'To read the heap histogram with us.',
      recipientEmail: options.recipientEmail ?? recipient?.email ?? 'kim@partner.test',
      recipientUserId: recipient?.id ?? null,
      withCaseNotes: options.withCaseNotes ?? false,
      decidedById: decidedBy?.id ?? null,
      decidedAt: decidedBy ? now : null,
      endedBecause: state === 'withdrawn' ? 'customer' : null,
      files: { create: fileIds.map((fileId) => ({ fileId })) },
    },
    select: { id: true },
  });
}

export type MakeGrant = { caseId: string; askedBy: SeedUser; fileIds: readonly string[]; approvedBy?: SeedUser; state?: RawAccessState; reason?: string; hours?: number; claimedAt?: Date; now?: Date };

/** A raw access grant in any state; one that was granted needs who approved. Nobody is told by this: see `tellOfGrant`. */
export async function makeGrant(options: MakeGrant): Promise<{ id: string }> {
  const { caseId, askedBy, fileIds, approvedBy, state = 'asked', hours = 4, claimedAt, now = new Date() } = options;
  return getDb().rawAccessGrant.create({
    data: {
      caseId, askedById: askedBy.id, state, stateAt: now, createdAt: now, hours,
      reason: options.reason ?? 'The histogram does not show which strings fill the heap.',
      approvedById: approvedBy?.id ?? null,
      approvedAt: approvedBy ? now : null,
      endsAt: approvedBy ? new Date(now.getTime() + hours * HOUR_MS) : null,
      revokedAt: state === 'revoked' ? now : null,
      endedBecause: state === 'revoked' ? 'admin' : null,
      files: { create: fileIds.map((fileId) => ({ fileId, claimedAt: claimedAt ?? null })) },
    },
    select: { id: true },
  });
}

/** The notice to a customer, as handed to mail: without it nothing is read under a grant. */
export async function tellOfGrant({ grantId, caseId, reference, customer, now = new Date() }: { grantId: string; caseId: string; reference: string; customer: SeedUser; now?: Date }): Promise<void> {
  const data = { reference, grantId, reason: 'As stated.', files: 1, endsAt: new Date(now.getTime() + HOUR_MS).toISOString() };
  await getDb().notice.create({ data: { kind: 'raw_access_granted', userId: customer.id, caseId, state: 'sent', sentAt: now, data } });
}
