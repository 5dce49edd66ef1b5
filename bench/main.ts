/** `npm run bench`: measures sending against the documented way. See README.md beside this file. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { Endings } from '@/scripts/lib/endings';
import { stopSignal } from '@/scripts/lib/on-stop';
import { repositoryRoot } from '@/scripts/lib/repository-root';
import { StartError } from '@/scripts/lib/start-error';
import { type BenchFile, heapDump, logFile, ownFile } from './files';
import { measureFault, measureHuge, measureIdle, measureLargeMemory, measureScriptMemory, measureTasks } from './measure-limits';
import { type Bench, COMPARISONS, type Measured, measureRound, pageTable, speedTable } from './measure-speed';
import { type Options, readOptions, UsageError, USAGE } from './options';
import { BenchPortal } from './portal';
import { openRoute, type Route } from './route';
import { megabytes } from './table';

process.chdir(repositoryRoot);
const endings = new Endings();
process.exitCode = await run();
process.exit();

async function run(): Promise<number> {
  const signal = stopSignal();
  let code = 0;
  try {
    if (process.argv.includes('--help')) console.log(USAGE);
    else await measureAll(readOptions(process.argv.slice(2)), signal);
  } catch (error) {
    code = signal.aborted ? 0 : 1;
    if (!signal.aborted) console.error(error instanceof UsageError ? `${error.message}\n\n${USAGE}` : error instanceof StartError ? error.message : error);
  }
  const troubles = await endings.run();
  for (const trouble of troubles) console.error(trouble);
  return troubles.length > 0 ? 1 : code;
}

async function measureAll(options: Options, signal: AbortSignal): Promise<void> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  endings.add('gzipped file', () => rmSync(join(options.folder, 'baseline.gz'), { force: true }));
  const portal = await BenchPortal.start({ folder: options.folder, port: options.port, endings, signal });
  const bench: Bench = { portal, folder: options.folder, signal, route: keptRoutes(portal) };
  const wanted = COMPARISONS.filter(({ piece }) => options.pieces.has(piece));
  const heap = options.heapDump === null ? await heapDump(options.folder, options.sizeBytes) : await ownFile(options.heapDump);
  const files = new Map<'heap' | 'log', BenchFile>([['heap', heap]]);
  if (wanted.some(({ file }) => file === 'log')) files.set('log', await logFile(options.folder, options.sizeBytes));
  console.log(`${new Date().toISOString().slice(0, 10)}, ${machine()}; ${[...files.values()].map(({ what, sizeBytes }) => `${what} ${megabytes(sizeBytes)}`).join(', ')}\n`);

  const measured: Measured[] = [];
  try {
    for (let round = 1; round <= options.runs && wanted.length > 0; round++) {
      console.error(`Run ${round} of ${options.runs}`);
      await measureRound(bench, wanted, files, (one) => measured.push(one));
    }
  } finally {
    // What was measured before somebody stopped it, or something failed, is worth reading.
    if (measured.length > 0) console.log([speedTable(measured), pageTable(measured), describeFiles(measured, files)].filter(Boolean).join('\n\n'));
  }
  for (const line of await measureLimits(options, bench, heap)) console.log(`\n${line}`);
}

async function measureLimits({ pieces }: Options, bench: Bench, heap: BenchFile): Promise<string[]> {
  const lines: string[] = [];
  const measure = async (isWanted: boolean, piece: () => Promise<string>) => {
    if (!isWanted) return;
    bench.signal.throwIfAborted();
    lines.push(await piece());
    console.error(lines.at(-1));
  };
  await measure(pieces.has('idle'), () => measureIdle(bench));
  await measure(pieces.has('tasks'), () => measureTasks(bench, heap));
  await measure(pieces.has('fault'), () => measureFault(bench, heap));
  await measure(pieces.has('script-memory'), () => measureScriptMemory(bench, heap));
  await measure(pieces.has('memory-20g'), () => measureLargeMemory(bench, heap));
  await measure(pieces.has('huge'), () => measureHuge(bench));
  return lines;
}

/** What the files are to `gzip -6`, by which a reader can tell whether they are like theirs. */
function describeFiles(measured: readonly Measured[], files: ReadonlyMap<'heap' | 'log', BenchFile>): string {
  const lines = [...files].flatMap(([name, { what, sizeBytes }]) => {
    const one = measured.find(({ comparison }) => comparison.file === name);
    return one ? [`To gzip -6 the ${what} is ${(sizeBytes / one.gzipBytes).toFixed(2)} : 1 at ${(sizeBytes / 1000 / one.gzip).toFixed(1)} MB/s.`] : [];
  });
  return lines.join('\n');
}

function keptRoutes(portal: BenchPortal): Bench['route'] {
  const routes = new Map<number | null, Promise<Route>>();
  return (megabytesPerSecond) => {
    const known = routes.get(megabytesPerSecond);
    if (known) return known;
    const opened = openRoute(portal.storagePort, megabytesPerSecond);
    routes.set(megabytesPerSecond, opened);
    endings.add('link', async () => (await opened).close());
    return opened;
  };
}

function machine(): string {
  const all = cpus();
  const gzip = execFileSync('gzip', ['--version'], { encoding: 'utf8' }).split('\n')[0] ?? '';
  return `${all.length} processors (${all[0]?.model.trim() ?? 'unknown'}), Node.js ${process.versions.node}, ${gzip}`;
}
