import { type FileRequestView } from '@/domain/case-view';
import { type FileKind } from '@/domain/file-kinds';
import { type FileView } from '@/domain/file-view';
import { MAX_FILE_BYTES } from '@/domain/limits';
import { isLargeObject } from '@/domain/segment-layout';
import { type FileKindGuess } from '@/lib/file-kind/guess-file-kind';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { type SourceFile } from '@/lib/upload/ports';
import { type FileSnapshot } from '@/lib/upload/snapshot';

/** A file that was chosen and not yet sent: what it is can still be corrected. */
export type StagedFile = {
  readonly id: string;
  readonly source: BrowserFile;
  readonly kind: FileKind;
  readonly guess: FileKindGuess;
  /** The request that it answers, null where nobody asked for it. */
  readonly requestId: string | null;
};

type Chosen = Pick<SourceFile, 'name' | 'sizeBytes' | 'lastModifiedMs'>;
type Same = { readonly name: string | null; readonly sizeBytes: number | null };
const isSame = (chosen: Chosen, other: Same) => chosen.name === other.name && chosen.sizeBytes === other.sizeBytes;

/** What is to be done with a chosen file. */
export type Placement =
  | { readonly is: 'reattach'; readonly localId: string }
  | { readonly is: 'continue'; readonly file: FileView }
  | { readonly is: 'duplicate' }
  | { readonly is: 'too_large' }
  | { readonly is: 'new' };

/** What is not sent to the end can be gone on with, whoever began it: a person here, or a machine with an upload key. What is sent by its curl line cannot. */
export function canContinue(file: FileView): boolean {
  return (file.state === 'reserved' || file.state === 'uploading') && !isLargeObject({ ...file, sizeBytes: file.rawSizeBytes });
}

/**
 * Recognises a chosen file by name and size: one that this page waits for, one that the portal holds half of, one that is
 * in the list already, or a new one.
 */
export function placeChosen(chosen: Chosen, known: { readonly queue: readonly FileSnapshot[]; readonly unfinished: readonly FileView[]; readonly staged: readonly StagedFile[] }): Placement {
  const waiting = known.queue.find((file) => file.needs !== null && isSame(chosen, file));
  if (waiting) return { is: 'reattach', localId: waiting.localId };
  const inQueue = known.queue.some((file) => file.phase !== 'cancelled' && file.phase !== 'failed' && isSame(chosen, file));
  const isStaged = known.staged.some(({ source }) => isSame(chosen, source) && source.lastModifiedMs === chosen.lastModifiedMs);
  if (inQueue || isStaged) return { is: 'duplicate' };
  const begun = known.unfinished.find((file) => canContinue(file) && isSame(chosen, { name: file.name, sizeBytes: file.rawSizeBytes }));
  if (begun) return { is: 'continue', file: begun };
  return chosen.sizeBytes > MAX_FILE_BYTES ? { is: 'too_large' } : { is: 'new' };
}

/**
 * Kind and request of a new file: the request that the person came for wins where the content does not speak against it, else
 * a waiting request of the guessed kind.
 */
export function assignRequest(guess: FileKindGuess, requests: readonly FileRequestView[], cameFor: string | null): Pick<StagedFile, 'kind' | 'requestId'> {
  const waiting = requests.filter(({ isWaiting }) => isWaiting);
  const wanted = waiting.find(({ id }) => id === cameFor);
  if (wanted && (guess.kind === wanted.kind || guess.confidence === 'unsure')) return { kind: wanted.kind, requestId: wanted.id };
  return { kind: guess.kind, requestId: waiting.find(({ kind }) => kind === guess.kind)?.id ?? null };
}

/** The kinds among the files that nobody asked for, each once (P-MIN). */
export function unrequestedKinds(staged: readonly StagedFile[]): readonly FileKind[] {
  return [...new Set(staged.filter(({ requestId }) => requestId === null).map(({ kind }) => kind))];
}
