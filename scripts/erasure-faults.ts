/**
 * `npm run erasure-faults -- [--runs 200] [--seed 1] [--objects 10000] [--kills 4]`: erasures and expiries against a real PostgreSQL and storage that is refused, cut, half done or left by a killed
 * worker as each seed says (tests/storage-faults/). A failing run names its seed, and `--seed N --runs 1` repeats it alone. Then one case with many objects is
 * erased, and how long that took is told. Last, worker processes are killed (SIGKILL) while they erase, and others started in their place; that takes some minutes, and `--kills 0` leaves it out.
 */
import { parseArgs } from 'node:util';
import { repositoryRoot } from './lib/repository-root';
import { withScratchPortal } from './lib/scratch-portal';

const { values } = parseArgs({ options: { runs: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, objects: { type: 'string', default: '10000' }, kills: { type: 'string', default: '4' } } });
const [seed = 0, runs = 0, objects = 0, kills = -1] = [values.seed, values.runs, values.objects, values.kills].map(Number);
if ([seed, runs, objects, kills + 1].some((number) => !Number.isInteger(number) || number < 1) || objects % 10 !== 0) {
  console.error('--runs, --seed and --objects are whole numbers from 1, --kills from 0, and the objects a multiple of 10.');
  process.exit(1);
}
const failed = await withScratchPortal(repositoryRoot, breakErasures);
console.log(failed === 0 ? 'No run said that something was gone while it was there, and all came to their end.' : `${failed} runs failed.`);
process.exit(failed === 0 ? 0 : 1);

/** Answers how many runs failed. */
async function breakErasures(): Promise<number> {
  const { runErasureFaults, storagePastFaults } = await import('@/tests/storage-faults/erasure-run');
  const { eraseLargeCase } = await import('@/tests/storage-faults/large-case');
  const { killWorkers } = await import('@/tests/storage-faults/killed-worker');
  const { publishContent } = await import('@/server/content/publish-content');
  // As every worker does when it begins.
  await publishContent({ now: new Date() });
  const seen = storagePastFaults();
  let bad = 0;
  const attempt = async (name: string, run: () => Promise<string>) => {
    try {
      console.log(`${name}: ${await run()}`);
    } catch (error) {
      bad += 1;
      console.error(`${name} failed:`, error);
    }
  };
  for (let each = seed; each < seed + runs; each += 1) {
    await attempt(`seed ${each}`, async () => {
      const { told, rounds, calls, late } = await runErasureFaults(each, seen);
      return `${told}: gone after ${rounds} rounds and ${calls} calls${late > 0 ? `, ${late} written later and swept` : ''}`;
    });
  }
  await attempt(`${objects} objects under one case`, async () => `from order to certificate ${((await eraseLargeCase({ objects })).milliseconds / 1000).toFixed(1)} s`);
  if (kills > 0) {
    await attempt(`${kills} workers killed`, async () => {
      await killWorkers({ root: repositoryRoot, kills, seed, seen, say: (line) => console.log(line) });
      return 'all that they had begun came to its end';
    });
  }
  seen.destroy();
  return bad;
}
