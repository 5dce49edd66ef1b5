import { type S3Client } from '@aws-sdk/client-s3';
import { type SeededRandom } from '../fixtures/random';

/** What a call of the storage may meet. `lost`: it is done, and the answer never arrives. `half`: some of what is to be deleted is not. */
const FAULTS = ['refused', 'lost', 'half', 'slow', 'killed'] as const;
type Fault = (typeof FAULTS)[number];

const NAME = 'break-storage';

function failure(fault: Fault): Error {
  return Object.assign(new Error(fault), { name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
}

type DeleteInput = { Delete?: { Objects?: { Key?: string; VersionId?: string }[] } };
type Output = { output: { Errors?: { Code: string; Key: string | undefined }[] } };

/** Turns of the event loop in which others go on. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Breaks calls of a client by chance until `stop` is called. Above the client's own retries, so that each counts. A killed worker never calls again: what it had
 * begun stays as it is at that point, in the database as well.
 */
export function breakStorage(s3: S3Client, random: SeededRandom, { chance, mayKill }: { readonly chance: number; readonly mayKill: boolean }): { readonly stop: () => void; readonly met: Fault[] } {
  const met: Fault[] = [];
  let isDead = false;
  s3.middlewareStack.add(
    (next) => async (args) => {
      if (isDead) throw failure('killed');
      if (random.fraction() >= chance) return next(args);
      const fault = random.pick(FAULTS.filter((each) => mayKill || each !== 'killed'));
      met.push(fault);
      if (fault === 'refused') throw failure(fault);
      if (fault === 'slow') {
        await turns(1 + random.below(50));
        return next(args);
      }
      const objects = (args.input as DeleteInput).Delete?.Objects;
      if (fault === 'half' && objects) return deleteHalf(next, args, objects);
      await next(args);
      isDead = fault === 'killed';
      throw failure(fault);
    },
    { step: 'initialize', name: NAME },
  );
  return { stop: () => void s3.middlewareStack.remove(NAME), met };
}

async function deleteHalf<Args extends { input: object }, Answer>(next: (args: Args) => Promise<Answer>, args: Args, objects: { Key?: string; VersionId?: string }[]): Promise<Answer> {
  const kept = objects.filter((_, at) => at % 2 === 0);
  const others = objects.filter((_, at) => at % 2 === 1);
  const answer = others.length === 0 ? undefined : await next({ ...args, input: { ...args.input, Delete: { Objects: others, Quiet: true } } });
  if (answer === undefined) throw failure('half');
  (answer as Output).output.Errors = kept.map(({ Key }) => ({ Code: 'InternalError', Key }));
  return answer;
}
