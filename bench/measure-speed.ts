import { join } from 'node:path';
import { curlWhole, gzipWhole, type Gzipped } from './baseline';
import { type BenchFile } from './files';
import { countLongTasks, type LongTask } from './long-tasks';
import { type Piece } from './options';
import { type BenchPortal } from './portal';
import { type Route } from './route';
import { sendByBrowser } from './send-by-browser';
import { sendByScript } from './send-by-script';
import { markdownTable, median, megabytes, seconds, spread, times } from './table';

/** A comparison with the documented way, and the ratio that it has to reach. */
export interface Comparison {
  readonly piece: Piece;
  readonly what: string;
  readonly file: 'heap' | 'log';
  readonly megabytesPerSecond: number | null;
  readonly by: 'browser' | 'script with gzip' | 'script with pigz';
  readonly floor: number;
}

export const COMPARISONS: readonly Comparison[] = [
  { piece: 'heap-loopback', what: 'heap dump', file: 'heap', megabytesPerSecond: null, by: 'browser', floor: 7 },
  { piece: 'heap-50', what: 'heap dump', file: 'heap', megabytesPerSecond: 50, by: 'browser', floor: 7 },
  { piece: 'heap-10', what: 'heap dump', file: 'heap', megabytesPerSecond: 10, by: 'browser', floor: 3.4 },
  { piece: 'log-loopback', what: 'log file', file: 'log', megabytesPerSecond: null, by: 'browser', floor: 3 },
  { piece: 'script-gzip', what: 'heap dump', file: 'heap', megabytesPerSecond: 50, by: 'script with gzip', floor: 2 },
  { piece: 'script-pigz', what: 'heap dump', file: 'heap', megabytesPerSecond: 50, by: 'script with pigz', floor: 3 },
];

/** One run of one comparison. Milliseconds and bytes. */
export interface Measured {
  readonly comparison: Comparison;
  readonly gzip: number;
  readonly curl: number;
  readonly gzipBytes: number;
  readonly ours: number;
  readonly oursBytes: number;
  readonly segments: number;
  readonly longTasks: readonly LongTask[];
  readonly rendererMost: number;
  readonly rendererOwn: number;
}

export interface Bench {
  readonly portal: BenchPortal;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Opened once for each speed. */
  readonly route: (megabytesPerSecond: number | null) => Promise<Route>;
}

/** One round: for each file `gzip -6` once, for each link `curl` once, and ours after it. Both sides meet the same minutes of the machine. */
export async function measureRound(bench: Bench, comparisons: readonly Comparison[], files: ReadonlyMap<Comparison['file'], BenchFile>, onMeasured: (one: Measured) => void): Promise<void> {
  const gzipped = new Map<string, Gzipped>();
  const curled = new Map<string, number>();
  for (const comparison of comparisons) {
    bench.signal.throwIfAborted();
    const file = files.get(comparison.file);
    if (!file) throw new Error(`There is no ${comparison.file}.`);
    const route = await bench.route(comparison.megabytesPerSecond);
    const whole = gzipped.get(file.path) ?? (await gzipWhole(file.path, join(bench.folder, 'baseline.gz')));
    gzipped.set(file.path, whole);
    const pair = `${file.path} ${route.name}`;
    const curl = curled.get(pair) ?? (await curlWhole(bench.portal, route, whole));
    curled.set(pair, curl);
    const ours = await sendOnce(bench, comparison, file, route);
    const { segmentSizes, sizeBytes } = ours.file;
    onMeasured({
      comparison, gzip: whole.milliseconds, curl, gzipBytes: whole.sizeBytes,
      ours: ours.milliseconds, oursBytes: sizeBytes, segments: segmentSizes.length, longTasks: ours.longTasks, rendererMost: ours.renderer.mostResident, rendererOwn: ours.renderer.mostOwn,
    });
    console.error(`${comparison.piece}: ${seconds(whole.milliseconds)} + ${seconds(curl)} against ${seconds(ours.milliseconds)}, ${megabytes(whole.sizeBytes)} against ${megabytes(sizeBytes)} in ${segmentSizes.length} segments${ours.renderer.mostResident > 0 ? `, renderer ${megabytes(ours.renderer.mostResident)}` : ''}`);
  }
}

async function sendOnce(bench: Bench, comparison: Comparison, file: BenchFile, route: Route) {
  const { portal, folder } = bench;
  const given = { portal, route, folder, path: file.path };
  const unwatched = { longTasks: [] as readonly LongTask[], renderer: { mostResident: 0, mostOwn: 0 } };
  const run = comparison.by === 'browser' ? await sendByBrowser(given) : { ...unwatched, ...(await sendByScript({ ...given, withPigz: comparison.by === 'script with pigz' })) };
  // Read back in peace, so that this is not done beside the next measurement, and held to what was sent.
  await portal.verified(run.file.id, file.sha256);
  await portal.removeObjects(`${run.made.reference}/`);
  return run;
}

/** The comparisons as a table, ratios first: they are taken within each run. */
export function speedTable(measured: readonly Measured[]): string {
  const rows = groups(measured).map(([{ what, megabytesPerSecond, by, floor }, runs]) => {
    const ratios = runs.map(({ gzip, curl, ours }) => (gzip + curl) / ours);
    return [
      `${what}, ${by}`, megabytesPerSecond === null ? 'loopback' : `${megabytesPerSecond} MB/s`,
      `**${spread(ratios, times)}**`, times(floor), median(ratios) >= floor ? 'yes' : 'no',
      `${seconds(median(runs.map(({ gzip }) => gzip)))} + ${seconds(median(runs.map(({ curl }) => curl)))}`, seconds(median(runs.map(({ ours }) => ours))),
      `${((median(runs.map(({ oursBytes, gzipBytes }) => oursBytes / gzipBytes)) - 1) * 100).toFixed(1)} %`, String(runs.length),
    ];
  });
  return markdownTable(['what', 'link', 'faster, median (least - most)', 'floor', 'reached', 'gzip -6 + curl', 'ours', 'sent, against gzip -6', 'runs'], rows);
}

/** What the browser's runs cost the page. */
export function pageTable(measured: readonly Measured[]): string {
  const rows = groups(measured).filter(([{ by }]) => by === 'browser').map(([{ what, megabytesPerSecond }, runs]) => {
    const tasks = runs.flatMap(({ longTasks }) => longTasks);
    return [
      what, megabytesPerSecond === null ? 'loopback' : `${megabytesPerSecond} MB/s`,
      megabytes(Math.max(...runs.map(({ rendererMost }) => rendererMost))), megabytes(Math.max(...runs.map(({ rendererOwn }) => rendererOwn))),
      `${countLongTasks(tasks)} in ${runs.length} runs`,
    ];
  });
  return rows.length === 0 ? '' : markdownTable(['what', 'link', 'renderer, most resident', 'of it its own', 'tasks above 50 ms'], rows);
}

function groups(measured: readonly Measured[]): [Comparison, Measured[]][] {
  return COMPARISONS.map((comparison): [Comparison, Measured[]] => [comparison, measured.filter((one) => one.comparison === comparison)]).filter(([, runs]) => runs.length > 0);
}
