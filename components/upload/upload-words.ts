import { formatBytes } from '@/lib/format/bytes';
import { type FileSnapshot, type UploadPhase } from '@/lib/upload/snapshot';

/** What is happening to a file, in a word or two. */
export const PHASE_WORDS: Readonly<Record<UploadPhase, string>> = {
  waiting: 'Waiting for its turn',
  reading: 'Reading, to compare with what is stored',
  compressing: 'Compressing',
  sending: 'Sending',
  checking: 'Checking that all is stored',
  paused: 'Paused',
  offline: 'Offline: goes on by itself',
  'signed-out': 'Waiting for you to sign in',
  stored: 'Stored',
  failed: 'Stopped',
  cancelled: 'Cancelled',
};

/** 0 to 100, whole; never 100 before everything is stored. */
export function percentDone({ rawBytesDone, sizeBytes, phase }: Pick<FileSnapshot, 'rawBytesDone' | 'sizeBytes' | 'phase'>): number {
  if (phase === 'stored') return 100;
  return sizeBytes === 0 ? 0 : Math.min(99, Math.floor((rawBytesDone / sizeBytes) * 100));
}

/** `about 4 min`, `about 2 h 10 min`; rounded up, since an early end pleases. */
export function formatSecondsLeft(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 60 ? `about ${minutes} min` : `about ${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bytes sent of bytes to send, speed, time left and what compression saved: the parts of one line, each only where known. */
export function progressParts(file: FileSnapshot): readonly string[] {
  const parts: string[] = [];
  if (file.expectedBytes !== null) parts.push(`${formatBytes(file.sentBytes)} of ${file.phase === 'stored' ? '' : 'about '}${formatBytes(file.expectedBytes)} sent`);
  const isMoving = file.phase === 'sending' || file.phase === 'compressing';
  if (isMoving && file.bytesPerSecond !== null && file.bytesPerSecond > 0) parts.push(`${formatBytes(Math.round(file.bytesPerSecond))}/s`);
  if (isMoving && file.secondsLeft !== null) parts.push(`${formatSecondsLeft(file.secondsLeft)} left`);
  if (file.savedRatio !== null && file.savedRatio >= 0.005) parts.push(`${Math.min(99, Math.round(file.savedRatio * 100))} % saved by compression`);
  return parts;
}

const ENDS: Partial<Record<UploadPhase, string>> = { stored: 'is stored', failed: 'stopped', paused: 'is paused', cancelled: 'is cancelled', offline: 'waits for the network', 'signed-out': 'waits for you to sign in' };

/** From these a file goes on: by somebody's hand, or because what it waited for is there. */
const HALTS: ReadonlySet<UploadPhase> = new Set(['paused', 'offline', 'signed-out', 'failed']);

/** What was last said about a file. */
export type Said = { readonly percent: number; readonly phase: UploadPhase };

/** What is to be said aloud about a file since `before`: its beginning, each ten percent, and each change that asks for attention. */
export function announcement(file: FileSnapshot, before: Said | undefined): string | null {
  if (file.phase !== before?.phase && ENDS[file.phase]) {
    if (before === undefined) return null;
    return `${file.name} ${ENDS[file.phase]}${file.error ? `: ${file.error.title}` : ''}.`;
  }
  if (!ENDS[file.phase] && before === undefined) return `${file.name} is being sent.`;
  if (!ENDS[file.phase] && before && HALTS.has(before.phase)) return `${file.name} goes on.`;
  const ten = tenOf(file);
  return ten > 0 && ten < 100 && ten > (before?.percent ?? 0) ? `${file.name}: ${ten} percent.` : null;
}

/** What there is to remember of what was said. */
export function saidOf(file: FileSnapshot): Said {
  return { percent: tenOf(file), phase: file.phase };
}

function tenOf(file: FileSnapshot): number {
  return Math.floor(percentDone(file) / 10) * 10;
}
