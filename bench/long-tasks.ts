import { type Browser } from './browser';

/** A task of the page's thread above 50 ms (Long Tasks API). */
export interface LongTask {
  readonly milliseconds: number;
  /** What the Long Animation Frames API says of it: scripts of 5 ms and more, and the drawing that ended the frame. */
  readonly cause: string;
}

/**
 * To be evaluated in a page: begins to watch, and leaves `longTasks(since)` behind, which resolves to the tasks that began since then. The
 * two APIs tell of the same work apart from each other; a frame explains the tasks that it overlaps.
 */
export const WATCH_LONG_TASKS = `(() => {
  const tasks = [];
  const frames = [];
  new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: 'longtask' });
  if (PerformanceObserver.supportedEntryTypes.includes('long-animation-frame')) new PerformanceObserver((list) => frames.push(...list.getEntries())).observe({ type: 'long-animation-frame' });
  const ms = (duration) => Math.round(duration) + ' ms';
  const told = ({ invoker, sourceURL, sourceFunctionName, duration, forcedStyleAndLayoutDuration }) =>
    [invoker.split('/').at(-1), sourceFunctionName, sourceURL.split('/').at(-1), ms(duration), forcedStyleAndLayoutDuration > 0 ? 'of it layout ' + ms(forcedStyleAndLayoutDuration) : ''].filter(Boolean).join(' ');
  const drawing = ({ startTime, duration, renderStart }) => (renderStart > 0 ? ['drawing ' + ms(startTime + duration - renderStart)] : []);
  const cause = (task) => {
    const frame = frames.find(({ startTime, duration }) => startTime < task.startTime + task.duration && task.startTime < startTime + duration);
    return frame ? [...frame.scripts.map(told), ...drawing(frame)].join('; ') : 'no frame, so no script that drew';
  };
  globalThis.longTasks = (since) => new Promise((resolve) => setTimeout(() => resolve(tasks.filter(({ startTime }) => startTime >= since).map((task) => ({ milliseconds: task.duration, cause: cause(task) }))), 200));
})()`;

/** "no task", or how many there were and how long at most. */
export function countLongTasks(tasks: readonly LongTask[]): string {
  if (tasks.length === 0) return 'no task';
  return `${tasks.length} ${tasks.length === 1 ? 'task' : 'tasks'} (at most ${Math.max(...tasks.map(({ milliseconds }) => milliseconds)).toFixed(0)} ms)`;
}

/** Each on a line of its own, for whoever looks for the cause. */
export function tellLongTasks(tasks: readonly LongTask[]): void {
  for (const { milliseconds, cause } of tasks) console.error(`  a task of ${milliseconds.toFixed(0)} ms: ${cause}`);
}

/** What the page's thread did. Milliseconds. */
export interface PageThread {
  readonly tasks: number;
  /** Processor time of all tasks together. */
  readonly worked: number;
  /** The task that had the processor for longest: the work that one task is. */
  readonly longestWork: number;
  /** The task that took longest by the clock, waiting for a processor included. */
  readonly longestByClock: number;
}

type TraceEvent = { readonly name: string; readonly ph: string; readonly pid: number; readonly tid: number; readonly dur?: number; readonly tdur?: number; readonly args?: { readonly name?: string } };

/**
 * Records the tasks of all threads by name and duration alone (category `toplevel`), which copies nothing of what is sent.
 * @returns ends the recording, and says what the busiest page's thread did in it
 */
export async function traceTasks(browser: Browser): Promise<() => Promise<PageThread>> {
  const events: TraceEvent[] = [];
  browser.on('Tracing.dataCollected', (params) => events.push(...(params as { readonly value: readonly TraceEvent[] }).value));
  const complete = new Promise<void>((resolve) => browser.on('Tracing.tracingComplete', () => resolve()));
  await browser.send('Tracing.start', { traceConfig: { recordMode: 'recordAsMuchAsPossible', includedCategories: ['toplevel'], excludedCategories: ['*'] } });
  return async () => {
    await browser.send('Tracing.end');
    await complete;
    return pageThread(events);
  };
}

function pageThread(events: readonly TraceEvent[]): PageThread {
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const pages = new Set(events.filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args?.name === 'CrRendererMain').map(threadOf));
  const tasks = events.filter((event) => event.ph === 'X' && /(?:^|::)RunTask$/.test(event.name));
  const busiest = [...pages].map((page) => tasks.filter((event) => threadOf(event) === page)).sort((one, other) => other.length - one.length)[0];
  if (!busiest?.length) throw new Error('The browser recorded no task of a page.');
  const most = (of: (event: TraceEvent) => number) => busiest.reduce((longest, event) => Math.max(longest, of(event)), 0) / 1000;
  return { tasks: busiest.length, worked: busiest.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000, longestWork: most(({ tdur = 0 }) => tdur), longestByClock: most(({ dur = 0 }) => dur) };
}
