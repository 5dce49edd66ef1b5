import { type S3Client } from '@aws-sdk/client-s3';
import { type SeededRandom } from '../fixtures/random';

/**
 * What happens at one call of storage: it is refused before it reaches storage (`refuse`), it is done and its answer is lost (`lose-answer`), half of what it was to
 * delete is deleted (`half`, at the next call that deletes several), or the worker is killed before or after it (`kill-before`, `kill-after`).
 */
export const STORAGE_FAULTS = ['refuse', 'lose-answer', 'half', 'kill-before', 'kill-after'] as const;
export type StorageFault = (typeof STORAGE_FAULTS)[number];
export type FaultAt = { readonly nth: number; readonly kind: StorageFault };

export type BrokenStorage = {
  /** Calls that were made. */
  readonly calls: () => number;
  /** Faults that were met, in words. */
  readonly met: readonly string[];
  readonly mend: () => void;
};

export type BreakStorage = {
  readonly faults: readonly FaultAt[];
  /** Kills whoever works: aborts its signal. */
  readonly kill: () => void;
  /** Runs before each call that is made, whether it fails or not. */
  readonly before?: (call: { readonly nth: number; readonly command: string }) => Promise<void>;
};

class StorageDown extends Error {
  override readonly name = 'ServiceUnavailable';
  readonly $metadata = { httpStatusCode: 503 };
}

type Deletion = { Delete?: { Objects?: { Key: string; VersionId?: string }[] } };

/** Breaks the calls of a client by their number, above its own retries, so that no time is lost. Faults are counted by calls, never by time. */
export function breakStorage(s3: S3Client, { faults, kill, before }: BreakStorage): BrokenStorage {
  const name = `faults-${Math.random()}`;
  const met: string[] = [];
  let nth = 0;
  let halves = 0;
  s3.middlewareStack.add(
    (next, context) => async (args) => {
      nth += 1;
      const command = String(context.commandName);
      const due = faults.find((each) => each.nth === nth)?.kind;
      await before?.({ nth, command });
      if (due === 'half') halves += 1;
      const isHalved = halves > 0 && (due === undefined || due === 'half') && objectsOf(args.input as Deletion) > 1;
      if (isHalved) halves -= 1;
      const fault = isHalved ? 'half' : due === 'half' ? undefined : due;
      if (fault) met.push(`${fault} at ${nth} (${command})`);
      if (fault === 'kill-before') kill();
      if (fault === 'refuse' || fault === 'kill-before') throw new StorageDown('Please reduce your request rate.');
      const half = fault === 'half' ? halve(args.input as Deletion) : [];
      const answer = await next(args);
      if (half.length > 0) Object.assign(answer.output, { Errors: half.map(({ Key, VersionId }) => ({ Key, VersionId, Code: 'InternalError', Message: 'We encountered an internal error.' })) });
      if (fault === 'kill-after') kill();
      if (fault === 'lose-answer' || fault === 'kill-after') throw new StorageDown('The connection was reset.');
      return answer;
    },
    { step: 'initialize', name, priority: 'low' },
  );
  return { calls: () => nth, met, mend: () => void s3.middlewareStack.remove(name) };
}

const objectsOf = ({ Delete }: Deletion) => Delete?.Objects?.length ?? 0;

/** Takes the second half out of a deletion and gives it; nothing where the call deletes nothing. */
function halve({ Delete }: Deletion): { Key: string; VersionId?: string }[] {
  const objects = Delete?.Objects ?? [];
  if (!Delete || objects.length < 2) return [];
  const kept = Math.floor(objects.length / 2);
  Delete.Objects = objects.slice(0, kept);
  return objects.slice(kept);
}

/** One to five faults within the first calls of a run. */
export function planStorageFaults(random: SeededRandom, withinCalls: number): FaultAt[] {
  const faults = Array.from({ length: 1 + random.below(5) }, () => ({ nth: 1 + random.below(withinCalls), kind: random.pick(STORAGE_FAULTS) }));
  return faults.filter(({ nth }, at) => faults.findIndex((each) => each.nth === nth) === at).sort((one, other) => one.nth - other.nth);
}
