import { type AuditData, type AuditType } from './audit';
import { FILE_KIND_LABELS, type FileKind } from './file-kinds';
import { QUARANTINE_REASONS } from './file-states';
import { ROLE_LABELS, type Role } from './roles';
import { groupDigits } from './words';

/** A fact of an event as text, or '' where the event does not have it. */
function fact(data: AuditData, name: string): string {
  const value = Object.hasOwn(data, name) ? data[name] : null;
  return value === null || value === undefined ? '' : String(value);
}

/** The fact's label in a table, or the fact itself where the table does not know it. */
function labelled(data: AuditData, name: string, labels: Readonly<Record<string, string>>): string {
  const value = fact(data, name);
  return (Object.hasOwn(labels, value) ? labels[value] : value) ?? value;
}

/** ` word` where there is one, else nothing. */
const spaced = (word: string) => (word === '' ? '' : ` ${word}`);
const kindOf = (data: AuditData) => labelled(data, 'kind', FILE_KIND_LABELS satisfies Record<FileKind, string>).toLowerCase();
const roleOf = (data: AuditData, name: string) => labelled(data, name, ROLE_LABELS satisfies Record<Role, string>).toLowerCase();
const counted = (data: AuditData, name: string, noun: string) => (fact(data, name) === '' ? `${noun}s` : `${groupDigits(fact(data, name))} ${noun}${fact(data, name) === '1' ? '' : 's'}`);
const SHARING_ENDS: Readonly<Record<string, string>> = { date: 'its date has come', erasure: 'what was shared was erased' };
const READ_ENDS: Readonly<Record<string, string>> = { whole: 'to their end', reader_left: 'until their reader left', grant_ended: 'until the grant ended', broken: 'until the reading broke off' };
const NDA_CHOICES: Readonly<Record<string, string>> = { without: 'to go on without an NDA', sign_later: 'to sign the NDA later', undecided: 'to leave the NDA open' };

const daysWord = (days: string) => (days === '1' ? 'one day' : `${days} days`);

type Sentence = string | ((data: AuditData) => string);

const SENTENCES: Readonly<Record<AuditType, Sentence>> = {
  'session.started': 'Somebody signed in.',
  'session.ended': 'Somebody signed out.',
  'session.revoked': 'A session was ended.',
  'session.refused': 'A sign-in was refused.',
  'organization.created': 'An organization was made.',
  'organization.joined': 'A colleague joined the organization.',
  'invitation.sent': 'An invitation was sent.',
  'invitation.revoked': 'An invitation was taken back.',
  'user.created': (data) => `An account was made${fact(data, 'role') ? ` (${roleOf(data, 'role')})` : ''}.`,
  'user.role_changed': (data) => (fact(data, 'from') && fact(data, 'to') ? `A role was changed from ${roleOf(data, 'from')} to ${roleOf(data, 'to')}.` : 'A role was changed.'),
  'user.disabled': 'An account was shut.',
  'user.enabled': 'An account was opened again.',
  'user.erased': 'A person was erased: name, address and the link to this log.',
  'audit.checked': (data) => (fact(data, 'intact') === 'true' ? `The audit log was read from its first event to event ${fact(data, 'events')}, and holds.` : `The audit log was read and does not hold${fact(data, 'brokenAt') ? ` at event ${fact(data, 'brokenAt')}` : ''}.`),
  'audit.exported': 'The audit log was exported.',
  'notice.retried': 'A mail that had failed was put in line again.',
  'case.opened': 'The case was opened.',
  'case.closed': 'The case was closed.',
  'case.reopened': 'The case was opened again.',
  'case.nda_required': 'The case was marked as needing a signed NDA.',
  'case.nda_not_required': 'The case needs no signed NDA any more.',
  'case.nda_chosen': (data) => `The customer chose ${NDA_CHOICES[fact(data, 'choice')] ?? 'what to do about the NDA'}.`,
  'policy.published': (data) => `Version${spaced(fact(data, 'version'))} of the policy was published.`,
  'policy.accepted': (data) => `Version${spaced(fact(data, 'version'))} of the policy was accepted.`,
  'nda_template.published': (data) => `Version${spaced(fact(data, 'version'))} of the NDA template was published.`,
  'nda_draft.made': (data) => `A draft of the NDA template was begun${fact(data, 'basedOn') ? ` from version ${fact(data, 'basedOn')}` : ''}.`,
  'nda_draft.saved': 'A draft of the NDA template was saved.',
  'nda_draft.discarded': 'A draft of the NDA template was discarded.',
  'nda.started': 'An agreement was begun.',
  'nda.sent': 'The agreement was sent to the customer\'s signatory.',
  'nda.forwarded': 'The agreement was sent to another signatory; the earlier link ended.',
  'nda.reminded': 'The signatory was reminded with a new link; the earlier one ended.',
  'nda.link_opened': 'The link to sign was opened.',
  'nda.code_sent': 'A one-time code was mailed to the signatory.',
  'nda.code_refused': 'A one-time code was typed wrong.',
  'nda.address_confirmed': 'The signatory proved the e-mail address by the one-time code.',
  'nda.read': (data) => `The agreement was opened for reading${fact(data, 'sha256') ? ` (SHA-256 ${fact(data, 'sha256').slice(0, 12)}…)` : ''}.`,
  'nda.consented': 'The signatory agreed to sign electronically and confirmed the authority to bind the organization.',
  'nda.signed': 'The agreement was signed for the customer.',
  'nda.countersigned': (data) => (fact(data, 'standingApproval') === '' ? 'The agreement was countersigned for the vendor.' : 'The agreement was countersigned for the vendor under a standing approval.'),
  'nda.sealed': 'The portal sealed the agreement.',
  'nda.timestamp_failed': 'No timestamp authority answered: the signature carries the portal\'s time only.',
  'nda.declined': 'The signatory declined to sign.',
  'nda.withdrawn': 'The agreement was withdrawn before it was countersigned.',
  'nda.expired': 'Nobody signed in time: the agreement expired.',
  'nda.paper_submitted': 'A copy signed on paper was handed in.',
  'nda.paper_accepted': 'Support put the paper copy on file.',
  'nda.paper_refused': 'Support refused the paper copy.',
  'nda.ended': 'The agreement ended.',
  'nda.approval_given': 'A standing approval to countersign was given.',
  'nda.approval_revoked': 'The standing approval to countersign was taken back.',
  'file_request.made': (data) => `A file was asked for${fact(data, 'kind') ? `: ${kindOf(data)}` : ''}.`,
  'file_request.withdrawn': 'A request for a file was withdrawn.',
  'upload_key.made': 'An upload key was made.',
  'upload_key.revoked': (data) => (fact(data, 'why') === 'case_closed' || fact(data, 'why') === 'erasure' ? 'An upload key ended with the case.' : 'An upload key was revoked.'),
  'sharing.asked': (data) => `Support asked to share results of ${counted(data, 'files', 'file')} with a subcontractor.`,
  'sharing.approved': (data) => `The customer approved that results of ${counted(data, 'files', 'file')} are shared with a subcontractor.`,
  'sharing.refused': 'The customer refused that results are shared.',
  'sharing.withdrawn': (data) => `${fact(data, 'because') === 'support' ? 'Support' : 'The customer'} took the sharing back; nothing of it can be seen any more.`,
  'sharing.ended': (data) => `The sharing ended: ${SHARING_ENDS[fact(data, 'because')] ?? 'nothing of it can be seen any more'}.`,
  'sharing.viewed': (data) => `The subcontractor looked at what is shared: ${counted(data, 'files', 'file')}, ${counted(data, 'outputs', 'result')}.`,
  'raw_access.asked': (data) => `A data administrator asked to reach the raw bytes of ${counted(data, 'files', 'file')}.`,
  'raw_access.granted': (data) => `Access to the raw bytes of ${counted(data, 'files', 'file')} was granted${fact(data, 'secondPerson') === 'false' ? ' without a second person, as the setting allows' : ' by a second person'}.`,
  'raw_access.refused': 'Access to raw bytes was refused.',
  'raw_access.revoked': (data) => `The access to raw bytes was ${fact(data, 'because') === 'admin' ? 'revoked by an administrator' : 'given back'}.`,
  'raw_access.ended': (data) => (fact(data, 'because') === 'erasure' ? 'The access to raw bytes ended: a file of it is being erased.' : 'The access to raw bytes ended with its time.'),
  'raw_access.read_claimed': 'The one read of the raw bytes was asked for.',
  'raw_access.read_begun': 'The one read of the raw bytes began.',
  'raw_access.read_ended': (data) => `The raw bytes were read${READ_ENDS[fact(data, 'how')] ? ` ${READ_ENDS[fact(data, 'how')]}` : ''}: ${counted(data, 'bytes', 'byte')} handed over.`,
  'raw_access.read_refused': 'Somebody tried to read raw bytes and was refused.',
  'file.reserved': 'The file was announced; nothing was in storage yet.',
  'file.uploading': 'Sending began.',
  'file.stored': 'Every segment was seen in storage.',
  'file.verified': 'The file was read back to its end and is what was announced.',
  'file.quarantined': (data) => `The file was quarantined. ${labelled(data, 'reason', QUARANTINE_REASONS)}`.trim(),
  'file.analysed': 'An analysis of the file was made.',
  'file.abandoned': 'Sending was given up.',
  'file.expired': 'The time was over: the file was erased and seen to be absent.',
  'file.erased': 'The file was erased on order and seen to be absent.',
  'file.segment_refused': (data) => `Segment${spaced(fact(data, 'index'))} in storage was not what had been announced; it was removed.`,
  'file.lost': 'The portal saw that a part of the file is not in storage any more.',
  'file.found': 'The missing part is in storage again, as it was stored.',
  'file.remains_erased': 'Something of the file had appeared in storage after it was gone; it was erased at once.',
  'storage.unannounced_found': (data) => `Objects in storage that nobody announced were found${fact(data, 'objects') ? `: ${fact(data, 'objects')}` : ''}.`,
  'storage.unannounced_erased': 'An object that nobody announced was erased and seen to be absent.',
  'receipt.issued': 'The receipt was signed and issued.',
  'clock.started': (data) => `The retention clock was started${fact(data, 'periodDays') ? `: ${fact(data, 'periodDays')} days` : ''}.`,
  'clock.shortened': (data) => `The retention clock was shortened${fact(data, 'periodDays') ? ` to ${daysWord(fact(data, 'periodDays'))}` : ''}.`,
  'clock.ended': 'The retention clock ended.',
  'extension.proposed': (data) => `Support proposed to keep the file ${fact(data, 'days') ? daysWord(fact(data, 'days')) : 'some days'} longer; the notice was handed to the outbox.`,
  'extension.took_effect': (data) => `The notice was mailed, and the extension${fact(data, 'days') ? ` by ${daysWord(fact(data, 'days'))}` : ''} took effect.`,
  'extension.objected': 'The customer objected to the extension, which ended it.',
  'extension.withdrawn': 'Support took the extension back.',
  'extension.undeliverable': 'The notice could not be mailed: the extension did not take effect.',
  'extension.lapsed': 'The extension lapsed: the file\'s time was over, or its erasure was ordered.',
  'manual_output.written': 'Support wrote a result of manual analysis.',
  'manual_output.expired': 'A result of manual analysis was emptied: its day was over.',
  'analysis_output.expired': 'A result of automated analysis was emptied: its time was over.',
  'setting.changed': (data) => `A setting was changed${fact(data, 'key') && fact(data, 'to') ? `: ${fact(data, 'key')} is ${fact(data, 'to')} now` : ''}.`,
  'erasure.ordered': (data) => (fact(data, 'scope') === 'case' ? 'Everything of the case was ordered to be erased; work with it stopped.' : 'The erasure of the file was ordered; work with it stopped.'),
  'erasure.certified': (data) => (fact(data, 'edition') === '2' ? 'The last look found nothing any more: the certificate of erasure was closed.' : 'Everything ordered to be erased was seen to be absent: the certificate was issued.'),
  'erasure.late_write': 'A sender whose upload was under way when the erasure was ordered wrote once more; it was deleted as well.',
};

/** What happened, as one complete sentence without names. A type that is not known yet is given as it is. */
export function eventSentence(type: string, data: AuditData): string {
  if (!Object.hasOwn(SENTENCES, type)) return `${type}.`;
  const sentence = SENTENCES[type as AuditType];
  return typeof sentence === 'string' ? sentence : sentence(data);
}
