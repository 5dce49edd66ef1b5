import type { Problem } from '@/domain/contracts';

/** No answer came: the connection failed, was cut, or gave something that is not the portal. Worth another attempt. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

/** The portal answered with a problem document (RFC 9457). */
export class PortalError extends Error {
  override readonly name = 'PortalError';
  constructor(
    readonly problem: Problem,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(`${problem.status} ${problem.code}`);
  }
  get status(): number {
    return this.problem.status;
  }
}

/** The chosen file cannot be read (any more): it was moved, deleted, locked, or written to since it was chosen. */
export class FileUnreadableError extends Error {
  override readonly name = 'FileUnreadableError';
}

/** A worker that prepares segments ended unexpectedly, most often for want of memory. */
export class WorkerFailedError extends Error {
  override readonly name = 'WorkerFailedError';
}

/** What a person reads when a file cannot go on: what happened, whether anything was lost, what to do. */
export type UploadProblem = {
  /** Stable, for programs: one of the engine's own codes or the portal's. */
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly lost: string;
  readonly action: string;
  /** What to give support, where the portal named one. */
  readonly reference?: string;
};

/** Ends the run of one file with something to tell. */
export class UploadFailure extends Error {
  override readonly name = 'UploadFailure';
  constructor(readonly problem: Omit<UploadProblem, 'lost'>) {
    super(problem.code);
  }
}

const RETRY = 'Choose "Try again" to go on from there.';
const AGAIN = 'Choose "Start over" to send it as a new file.';

/** The engine's own sentences, by code. */
export const UPLOAD_PROBLEMS = {
  file_changed: { title: 'The file has changed', detail: 'What is stored already is not what the file holds now, so the two cannot be joined.', action: AGAIN },
  file_differs: { title: 'This is another file', detail: 'Its size is not that of the file whose sending was begun.', action: 'Choose the file that you began with, or send this one as a new file.' },
  file_unreadable: { title: 'The file cannot be read', detail: 'It was moved, deleted, locked, or written to since you chose it.', action: 'Choose the file again. For a log that is still being written, send a copy.' },
  too_many_segments: { title: 'The file is too large', detail: 'It needs more segments than a file may have.', action: 'Split the file, or ask support for another way.' },
  connection_failed: { title: 'The connection failed too often', detail: 'The portal or its storage could not be reached, although it was tried many times over several minutes.', action: `Check the network. ${RETRY}` },
  storage_busy: { title: 'Storage kept refusing for now', detail: 'The storage asked to wait each time, over several minutes.', action: RETRY },
  storage_refused: { title: 'Storage refused a segment', detail: 'The storage did not accept the segment as it was announced.', action: `${RETRY} If it happens again, tell support.` },
  url_expired: { title: 'The upload addresses expire at once', detail: 'Each new address that the portal gave was refused as expired. The clocks of the portal and of its storage may differ.', action: `Tell support. ${RETRY}` },
  not_confirmed: { title: 'Storage does not hold what was sent', detail: 'Segments were sent, but the portal does not find them in storage as announced.', action: `${RETRY} If it happens again, tell support.` },
  compression_failed: { title: 'The file could not be compressed', detail: 'The part of your browser that compresses the file stopped, most often for want of memory.', action: `Close other tabs. ${RETRY}` },
  no_longer_open: { title: 'This upload was ended', detail: 'The portal no longer takes segments for this file: it was cancelled or erased.', action: AGAIN },
  unexpected_answer: { title: 'The portal gave an unexpected answer', detail: 'This page may be older than the portal itself.', action: 'Reload the page: the list of files is kept, and what is stored is not sent again.' },
  unexpected: { title: 'The upload stopped', detail: 'The page met a state that it does not know.', action: `${RETRY} If it happens again, tell support.` },
} as const satisfies Record<string, Omit<UploadProblem, 'code' | 'lost'>>;
export type UploadProblemCode = keyof typeof UPLOAD_PROBLEMS;

/** A failure with one of the engine's own sentences. */
export function uploadFailure(code: UploadProblemCode): UploadFailure {
  return new UploadFailure({ code, ...UPLOAD_PROBLEMS[code] });
}

/** The portal's own sentences, passed on as they are. */
export function portalFailure({ problem }: PortalError): UploadFailure {
  const { code, title, detail, reference } = problem;
  const needsNewFile = code === 'segment_conflict' || code === 'not_found';
  return new UploadFailure({ code, title, detail, action: needsNewFile ? AGAIN : RETRY, ...(reference ? { reference } : {}) });
}

/** Turns whatever ended a run into what a person reads. */
export function describeFailure(cause: unknown, stored: { segments: number; of: number }): UploadProblem {
  const { problem } = asFailure(cause);
  return { ...problem, lost: whatIsLost(problem.code, stored) };
}

/** Of a file that is not the one that was begun, no segment was counted: what is stored belongs to the other. */
function whatIsLost(code: string, stored: { segments: number; of: number }): string {
  if (code === 'file_changed' || code === 'file_differs') return 'Nothing is lost: what was stored before stays until you start over, and your file is untouched.';
  if (stored.segments > 0) return `Nothing is lost: ${stored.segments} of ${stored.of} segments are stored.`;
  return 'Nothing is lost: nothing was stored yet, and your file is untouched.';
}

function asFailure(cause: unknown): UploadFailure {
  if (cause instanceof UploadFailure) return cause;
  if (cause instanceof PortalError) return portalFailure(cause);
  if (cause instanceof FileUnreadableError) return uploadFailure('file_unreadable');
  return uploadFailure(cause instanceof WorkerFailedError ? 'compression_failed' : 'unexpected');
}
