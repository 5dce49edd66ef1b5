import { type AuditData } from './audit';
import { QUARANTINE_REASONS } from './file-states';

/** What each event of a file means to a person; a fact is named only where it helps. Null for what is not theirs to read. */
const SENTENCES: Readonly<Record<string, (data: AuditData) => string>> = {
  'file.reserved': () => 'The file was announced.',
  'file.uploading': () => 'Sending began.',
  'file.segment_refused': ({ index }) => `Segment ${index ?? '?'} was not what was announced and was removed.`,
  'file.stored': ({ segmentCount }) => (segmentCount === 1 ? 'The file is stored.' : `All ${segmentCount ?? ''} segments are stored.`),
  'clock.started': ({ periodDays }) => `The retention clock started: ${periodDays === 1 ? '1 day' : `${periodDays ?? '?'} days`}.`,
  'file.verified': () => 'The whole file was read back; its content is what was announced.',
  'file.quarantined': ({ reason }) => `The file was set aside. ${reasonSentence(reason)}`,
  'receipt.issued': () => 'A signed receipt was issued.',
  'file.analysed': () => 'The analysis is done.',
  'file.abandoned': ({ why }) => (why === 'inactive' ? 'Nothing arrived for a day; the upload was given up and what was stored is deleted.' : 'The upload was cancelled; what was stored is deleted.'),
  'file.expired': () => 'Every stored object was deleted and seen to be absent.',
  'file.erased': () => 'Every stored object was erased by order and seen to be absent.',
  'clock.ended': () => 'The retention clock ended.',
};

function reasonSentence(reason: AuditData[string] | undefined): string {
  return typeof reason === 'string' && Object.hasOwn(QUARANTINE_REASONS, reason) ? QUARANTINE_REASONS[reason as keyof typeof QUARANTINE_REASONS] : '';
}

/** The sentence for an event of a file's timeline, or null where the event does not stand in it. */
export function describeFileEvent(type: string, data: AuditData): string | null {
  return Object.hasOwn(SENTENCES, type) ? (SENTENCES[type]?.(data).trim() ?? null) : null;
}
