import { setTimeout as delay } from 'node:timers/promises';
import { Browser, type Page } from './browser';
import { type LongTask, type PageThread, tellLongTasks, traceTasks, WATCH_LONG_TASKS } from './long-tasks';
import { type BenchCase, type BenchPortal, type SentFile } from './portal';
import { lookUntil, memoryOf, processTree } from './process-memory';
import { type Route } from './route';

export interface BrowserRun {
  readonly milliseconds: number;
  readonly file: SentFile;
  /** Of the page's thread while it sent. */
  readonly longTasks: readonly LongTask[];
  /** Only where it was asked for. */
  readonly thread: PageThread | null;
  /** Of the process that draws the page and works in it, in bytes. */
  readonly renderer: { readonly mostResident: number; readonly mostOwn: number };
}

const FILES = 'input[type=file]:not([webkitdirectory])';
const CONFIRM = '#confirm-unrequested';
const SEND = `[...document.querySelectorAll('button')].find((button) => /^Send (this file|these)/.test(button.textContent ?? ''))`;
const LIMIT_MS = 30 * 60_000;
/** Between choosing a file and pressing Send: nobody is faster, and the page has come to rest. */
const LOOK_MS = 1000;

/** Watches in the page, by its own observer, for the answer that says that the file is stored. */
const WATCH = `(() => {
  const seen = { began: 0 };
  seen.stored = new Promise((resolve) => new PerformanceObserver((list) => {
    const stored = list.getEntries().find(({ name, responseStatus }) => name.endsWith('/complete') && responseStatus === 200);
    if (stored) resolve(stored.responseEnd);
  }).observe({ type: 'resource' }));
  globalThis.bench = seen;
})()`;

/** Opens the page of a case in a new browser, with the observers in place. */
async function openSending(portal: BenchPortal, browser: Browser, made: BenchCase): Promise<Page> {
  await browser.setCookie(made.cookie);
  const page = await browser.openPage(`${portal.url}/cases/${made.reference}/files/new`);
  await page.until(`document.readyState === 'complete' && document.querySelector(${JSON.stringify(FILES)})`, 'the page for sending');
  await page.evaluate(WATCH);
  await page.evaluate(WATCH_LONG_TASKS);
  return page;
}

/** Chooses the file, presses Send, and measures until the portal has said that it is stored. */
export async function sendByBrowser(given: { portal: BenchPortal; route: Route; folder: string; path: string; meanwhile?: () => Promise<void>; isTraced?: boolean }): Promise<BrowserRun & { made: BenchCase }> {
  const { portal, route, folder, path, meanwhile, isTraced = false } = given;
  const made = await portal.newCase();
  const browser = new Browser(folder, route.connectTo);
  try {
    const page = await openSending(portal, browser, made);
    await page.chooseFiles(FILES, [path]);
    await page.until(SEND, 'a button that sends');
    await page.evaluate(`document.querySelector('${CONFIRM}')?.click()`);
    await page.until(`!document.querySelector('${CONFIRM}') || document.querySelector('${CONFIRM}').checked`, 'the ticked box');
    await delay(LOOK_MS);
    const endOfTrace = isTraced ? await traceTasks(browser) : null;
    const disturbed = meanwhile?.();
    const sent = page.evaluate<number>(`(() => { bench.began = performance.now(); ${SEND}.click(); return bench.stored.then((at) => at - bench.began); })()`);
    const renderer = await watchRenderer(browser, sent);
    const milliseconds = await sent;
    await disturbed;
    const thread = (await endOfTrace?.()) ?? null;
    const longTasks = await page.evaluate<LongTask[]>('longTasks(bench.began)');
    tellLongTasks(longTasks);
    const file = await portal.fileOf(made);
    const state = await portal.stateOf(file.id, made);
    if (state !== 'stored' && state !== 'verified') throw new Error(`The page says that the file is stored, the portal that it is ${state}.`);
    return { made, milliseconds, file, longTasks, thread, renderer };
  } finally {
    await browser.close();
  }
}

/** The same page, left alone for a while: what its thread does without the engine. */
export async function watchIdlePage(portal: BenchPortal, folder: string, milliseconds: number): Promise<readonly LongTask[]> {
  const browser = new Browser(folder);
  try {
    const page = await openSending(portal, browser, await portal.newCase());
    await delay(milliseconds);
    return await page.evaluate<LongTask[]>('longTasks(0)');
  } finally {
    await browser.close();
  }
}

async function watchRenderer(browser: Browser, sent: Promise<unknown>): Promise<BrowserRun['renderer']> {
  const limit = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('It took more than half an hour.')), LIMIT_MS).unref());
  const renderers = processTree(browser.pid).filter(({ command }) => command.includes('--type=renderer'));
  let mostResident = 0;
  let mostOwn = 0;
  await lookUntil(Promise.race([sent, limit]), 200, () => {
    for (const { pid } of renderers) {
      const memory = memoryOf(pid);
      if (memory === null) continue;
      mostResident = Math.max(mostResident, memory.mostResident);
      mostOwn = Math.max(mostOwn, memory.own);
    }
  });
  return { mostResident, mostOwn };
}
