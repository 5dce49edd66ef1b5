import { z } from 'zod';

/**
 * What each kind of notice needs to be told: strict, so that nothing else waits in the outbox. Never names, addresses or file
 * names of people; a file is its kind and its case.
 */
const reference = z.string().max(20);
const aboutFile = { reference, fileId: z.uuid(), kindLabel: z.string().max(60) };
const isoTime = z.iso.datetime();
const aboutErasure = { reference, orderId: z.uuid(), scope: z.enum(['file', 'case']) };

export const NOTICE_DATA = {
  sign_in_link: z.strictObject({ next: z.string().max(500) }),
  invitation: z.strictObject({ organizationName: z.string().max(200) }),
  invitation_accepted: z.strictObject({ organizationName: z.string().max(200) }),
  staff_added: z.strictObject({ roleLabel: z.string().max(60) }),
  case_opened: z.strictObject({ reference }),
  case_closed: z.strictObject({ reference }),
  case_reopened: z.strictObject({ reference }),
  nda_required: z.strictObject({ reference }),
  nda_not_required: z.strictObject({ reference }),
  nda_signing_link: z.strictObject({ organizationName: z.string().max(300), isReminder: z.boolean() }),
  nda_signing_code: z.strictObject({}),
  nda_signed: z.strictObject({ agreementId: z.uuid() }),
  nda_to_countersign: z.strictObject({ agreementId: z.uuid() }),
  nda_paper_to_review: z.strictObject({ agreementId: z.uuid() }),
  nda_in_force: z.strictObject({ agreementId: z.uuid(), sha256: z.hash('sha256') }),
  nda_in_force_copy: z.strictObject({ organizationName: z.string().max(300), sha256: z.hash('sha256') }),
  nda_paper_on_file: z.strictObject({ agreementId: z.uuid() }),
  nda_over: z.strictObject({ agreementId: z.uuid(), how: z.enum(['declined', 'withdrawn', 'expired', 'refused', 'ended']) }),
  nda_withdrawn_for_signatory: z.strictObject({ organizationName: z.string().max(300) }),
  file_requested: z.strictObject({ reference, kindLabel: z.string().max(60), purpose: z.string().max(2000) }),
  file_request_withdrawn: z.strictObject({ reference, kindLabel: z.string().max(60) }),
  file_verified: z.strictObject({ ...aboutFile, dueAt: isoTime }),
  file_quarantined: z.strictObject({ ...aboutFile, reason: z.string().max(300) }),
  file_abandoned: z.strictObject({ ...aboutFile }),
  file_expired: z.strictObject({ ...aboutFile }),
  extension_proposed: z.strictObject({ ...aboutFile, days: z.int().min(1).max(7), reason: z.string().max(1000), dueAt: isoTime }),
  extension_objected: z.strictObject({ ...aboutFile, dueAt: isoTime }),
  manual_output_written: z.strictObject({ ...aboutFile, outputId: z.uuid(), dueAt: isoTime }),
  file_lost: z.strictObject({ ...aboutFile }),
  file_found: z.strictObject({ ...aboutFile }),
  erasure_ordered: z.strictObject(aboutErasure),
  erasure_certified: z.strictObject(aboutErasure),
  erasure_swept_again: z.strictObject(aboutErasure),
  sharing_asked: z.strictObject({ reference, purpose: z.string().max(2000), files: z.int() }),
  sharing_decided: z.strictObject({ reference, isApproved: z.boolean() }),
  sharing_over: z.strictObject({ reference, how: z.enum(['withdrawn', 'date']) }),
  shared_with_you: z.strictObject({ sharingId: z.uuid(), endsAt: isoTime }),
  shared_ended: z.strictObject({ how: z.enum(['withdrawn', 'date']) }),
  raw_access_asked: z.strictObject({ reference }),
  raw_access_decided: z.strictObject({ reference, isGranted: z.boolean() }),
  raw_access_granted: z.strictObject({ reference, grantId: z.uuid(), reason: z.string().max(2000), files: z.int(), endsAt: isoTime }),
} as const satisfies Record<string, z.ZodType>;

export type NoticeKind = keyof typeof NOTICE_DATA;
export type NoticeData<K extends NoticeKind> = z.input<(typeof NOTICE_DATA)[K]>;

export const NOTICE_KINDS = Object.keys(NOTICE_DATA) as NoticeKind[];

/** True for a kind that this version knows. */
export function isNoticeKind(kind: string): kind is NoticeKind {
  return Object.hasOwn(NOTICE_DATA, kind);
}
