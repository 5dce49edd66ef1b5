import { type Moves } from './moves';

/**
 * The life of a file (docs/design.md, section 3) as one table. The diagram in the docs, the allowed moves of the server and
 * the tests are made from it; nothing else decides whether a move is allowed.
 */

export const FILE_STATES = [
  'requested', 'reserved', 'uploading', 'stored', 'verified', 'analysed', 'quarantined', 'abandoned', 'expired', 'erased',
] as const;
export type FileState = (typeof FILE_STATES)[number];

export const FILE_EVENTS = [
  'reserve', 'issue_url', 'complete', 'verify', 'quarantine', 'analyse', 'abandon', 'expire', 'erase',
] as const;
export type FileEvent = (typeof FILE_EVENTS)[number];

/** The states in which a whole file is in storage and its clock runs. */
export const HELD_STATES: readonly FileState[] = ['stored', 'verified', 'analysed', 'quarantined'];

export const FILE_MOVES: Moves<FileState, FileEvent> = {
  reserve: { from: ['requested'], to: 'reserved' },
  issue_url: { from: ['reserved'], to: 'uploading' },
  complete: { from: ['uploading'], to: 'stored' },
  verify: { from: ['stored'], to: 'verified' },
  quarantine: { from: ['stored'], to: 'quarantined' },
  analyse: { from: ['verified'], to: 'analysed' },
  abandon: { from: ['reserved', 'uploading'], to: 'abandoned' },
  expire: { from: [...HELD_STATES, 'abandoned'], to: 'expired' },
  erase: { from: ['reserved', 'uploading', ...HELD_STATES, 'abandoned'], to: 'erased' },
};

/** A file in one of these states never changes again. */
export const FINAL_STATES: readonly FileState[] = ['expired', 'erased'];

/** Why a file is quarantined: a stable code, kept with the file, and the sentence that people read. */
export const QUARANTINE_REASONS = {
  not_gzip: 'The stored bytes are not one valid gzip stream.',
  truncated: 'The gzip stream ends too early.',
  trailing_bytes: 'There are bytes after the end of the gzip stream.',
  segment_checksum_differs: 'The content of a segment is not what was announced for it.',
  whole_checksum_differs: 'The content of the whole file is not what was announced.',
  size_differs: 'The unpacked size is not what was announced.',
  bomb: 'The file unpacks to far more than a diagnostic file does.',
  too_slow: 'The file could not be read to its end in the time allowed.',
  object_missing: 'A stored part is no longer there.',
} as const;
export type QuarantineReason = keyof typeof QUARANTINE_REASONS;
