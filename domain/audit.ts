/** What is recorded. Past tense, `<noun>.<verb>`. A new event needs a row here. */
export const AUDIT_TYPES = [
  'session.started', 'session.ended', 'session.revoked', 'session.refused',
  'organization.created', 'organization.joined', 'invitation.sent', 'invitation.revoked',
  'user.created', 'user.role_changed', 'user.disabled', 'user.enabled', 'user.erased',
  'audit.checked', 'audit.exported', 'notice.retried',
  'case.opened', 'case.closed', 'case.reopened', 'case.nda_required', 'case.nda_not_required', 'case.nda_chosen',
  'policy.published', 'policy.accepted', 'nda_template.published', 'nda_draft.made', 'nda_draft.saved', 'nda_draft.discarded',
  'nda.started', 'nda.sent', 'nda.forwarded', 'nda.reminded', 'nda.link_opened', 'nda.code_sent', 'nda.code_refused', 'nda.address_confirmed',
  'nda.read', 'nda.consented', 'nda.signed', 'nda.countersigned', 'nda.sealed', 'nda.timestamp_failed', 'nda.declined', 'nda.withdrawn', 'nda.expired',
  'nda.paper_submitted', 'nda.paper_accepted', 'nda.paper_refused', 'nda.ended', 'nda.approval_given', 'nda.approval_revoked',
  'file_request.made', 'file_request.withdrawn',
  'upload_key.made', 'upload_key.revoked',
  'sharing.asked', 'sharing.approved', 'sharing.refused', 'sharing.withdrawn', 'sharing.ended', 'sharing.viewed',
  'raw_access.asked', 'raw_access.granted', 'raw_access.refused', 'raw_access.revoked', 'raw_access.ended',
  'raw_access.read_claimed', 'raw_access.read_begun', 'raw_access.read_ended', 'raw_access.read_refused',
  'file.reserved', 'file.uploading', 'file.stored', 'file.verified', 'file.quarantined', 'file.analysed',
  'file.abandoned', 'file.expired', 'file.erased', 'file.segment_refused', 'file.lost', 'file.found', 'file.remains_erased',
  'storage.unannounced_found', 'storage.unannounced_erased',
  'receipt.issued', 'clock.started', 'clock.shortened', 'clock.ended',
  'extension.proposed', 'extension.took_effect', 'extension.objected', 'extension.withdrawn', 'extension.undeliverable', 'extension.lapsed',
  'manual_output.written', 'manual_output.expired', 'analysis_output.expired', 'setting.changed',
  'erasure.ordered', 'erasure.certified', 'erasure.late_write',
] as const;
export type AuditType = (typeof AUDIT_TYPES)[number];

/** Facts of an event: flat, and of a kind that cannot hold a person's data by accident (ids, states, sizes, hashes, versions). */
export type AuditData = Readonly<Record<string, string | number | boolean | null>>;

/** The fields that an event's hash covers. */
export type ChainedEvent = {
  readonly seq: string;
  readonly at: string;
  readonly type: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly organizationId: string | null;
  readonly caseId: string | null;
  readonly fileId: string | null;
  readonly data: AuditData;
};

/** The hash before the first event. */
export const GENESIS_HASH = '0'.repeat(64);

/**
 * The bytes whose SHA-256 is an event's hash: the previous hash, a line feed, and the event as JSON with sorted keys.
 * Two events that differ in any field differ here.
 */
export function chainInput(prevHash: string, event: ChainedEvent): string {
  return `${prevHash}\n${canonicalJson(event)}`;
}

/** JSON with keys sorted by code unit and no white space: the same text for the same value, whoever wrote it. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`;
}
