import { rmSync } from 'node:fs';
import { type BenchFile, incompressibleFile, sparseFile } from './files';
import { countLongTasks, type PageThread, tellLongTasks } from './long-tasks';
import { type Bench } from './measure-speed';
import { sendByBrowser, watchIdlePage } from './send-by-browser';
import { findProgram, sendByScript } from './send-by-script';
import { megabytes, seconds } from './table';

const IDLE_MS = 15_000;
const LONG_TASK_MS = 50;
/** PUTs that the engine has in flight at most (lib/upload/engine-context.ts). */
const IN_FLIGHT = 4;
const SCRIPT_MEMORY_BYTES = 64 * 1024 * 1024;
const RENDERER_BYTES = 500e6;

const judged = (isReached: boolean) => (isReached ? 'reached' : 'NOT reached');

/** What the page's thread does when nothing is sent. */
export async function measureIdle({ portal, folder }: Bench): Promise<string> {
  const tasks = await watchIdlePage(portal, folder, IDLE_MS);
  tellLongTasks(tasks);
  return `Control: the page left alone for ${IDLE_MS / 1000} s had ${countLongTasks(tasks)} above 50 ms.`;
}

/**
 * What the page's thread does while the engine sends, in processor time: a task that waits for a processor, on which storage, portal and compression
 * run too, is no longer for it.
 */
export async function measureTasks(bench: Bench, file: BenchFile): Promise<string> {
  const lines: string[] = [];
  for (const megabytesPerSecond of [null, 50, 10]) {
    const route = await bench.route(megabytesPerSecond);
    const { made, thread, milliseconds } = await sendByBrowser({ portal: bench.portal, route, folder: bench.folder, path: file.path, isTraced: true });
    await bench.portal.removeObjects(`${made.reference}/`);
    lines.push(`The page's thread, ${route.name}, ${seconds(milliseconds)}: ${tellThread(thread)}`);
  }
  return lines.join('\n');
}

function tellThread(thread: PageThread | null): string {
  if (!thread) throw new Error('Nothing was recorded.');
  return `${thread.tasks} tasks that worked for ${seconds(thread.worked)} together, the longest for ${thread.longestWork.toFixed(0)} ms (${thread.longestByClock.toFixed(0)} ms by the clock): ${judged(thread.longestWork <= LONG_TASK_MS)}.`;
}

/** Every connection to storage is cut once, in the middle: what goes over the link beyond what is stored was sent again. */
export async function measureFault(bench: Bench, file: BenchFile): Promise<string> {
  const route = await bench.route(50);
  const { link } = route;
  if (!link) throw new Error('There is no link to cut.');
  const before = link.sentBytes;
  const { made, file: sent } = await sendByBrowser({ portal: bench.portal, route, folder: bench.folder, path: file.path, meanwhile: () => link.cutAt(before + file.sizeBytes / 7) });
  const again = link.sentBytes - before - sent.sizeBytes;
  const allowed = IN_FLIGHT * Math.max(...sent.segmentSizes);
  await bench.portal.verified(sent.id, file.sha256);
  await bench.portal.removeObjects(`${made.reference}/`);
  return `Fault: with all connections cut once, ${megabytes(again)} were sent again; ${IN_FLIGHT} segments in flight are ${megabytes(allowed)}: ${judged(again <= allowed)}.`;
}

/** Memory of the script's whole process tree, with and without pigz. */
export async function measureScriptMemory(bench: Bench, file: BenchFile): Promise<string> {
  const lines: string[] = [];
  for (const withPigz of findProgram('pigz') === null ? [false] : [false, true]) {
    const { mostResident, made, file: sent } = await sendByScript({ portal: bench.portal, route: await bench.route(50), folder: bench.folder, path: file.path, withPigz, watchEveryMs: 25 });
    await bench.portal.verified(sent.id, file.sha256);
    await bench.portal.removeObjects(`${made.reference}/`);
    lines.push(`Script with ${withPigz ? 'pigz' : 'gzip'}: its processes held at most ${megabytes(mostResident)} together: ${judged(mostResident < SCRIPT_MEMORY_BYTES)}.`);
  }
  return lines.join('\n');
}

/** 20 GB through a browser: only what it holds counts, and what the page's thread does. */
export async function measureLargeMemory(bench: Bench, sample: BenchFile): Promise<string> {
  const { path, sizeBytes } = await sparseFile(bench.folder, sample);
  try {
    const run = await sendByBrowser({ portal: bench.portal, route: await bench.route(null), folder: bench.folder, path, isTraced: true });
    await bench.portal.removeObjects(`${run.made.reference}/`);
    const { mostResident, mostOwn } = run.renderer;
    return `${megabytes(sizeBytes)} by browser on loopback: ${seconds(run.milliseconds)}, renderer at most ${megabytes(mostResident)} resident, ${megabytes(mostOwn)} its own: ${judged(mostResident < RENDERER_BYTES)}; ${tellThread(run.thread)}`;
  } finally {
    rmSync(path, { force: true });
  }
}

/** More than the 5 GiB that one PUT may have, after compression, by the script, until the receipt is there. */
export async function measureHuge(bench: Bench): Promise<string> {
  const file = await incompressibleFile(bench.folder);
  try {
    const run = await sendByScript({ portal: bench.portal, route: await bench.route(null), folder: bench.folder, path: file.path, withPigz: findProgram('pigz') !== null });
    const began = performance.now();
    await bench.portal.verified(run.file.id, file.sha256);
    const waited = performance.now() - began;
    await bench.portal.removeObjects(`${run.made.reference}/`);
    return `${megabytes(file.sizeBytes)} that do not compress, by script: sent as ${run.file.segmentSizes.length} segments of ${megabytes(run.file.sizeBytes)} together in ${seconds(run.milliseconds)}, verified ${seconds(waited)} later; the receipt names the right SHA-256.`;
  } finally {
    rmSync(file.path, { force: true });
  }
}
