import { expect, it } from 'vitest';
import type { Exit, StartedChild } from './child-process';
import { describeExit, keepRunning, pauseBeforeRestart } from './kept-process';

it('the pause before a restart doubles, and is given up after more than five ends in two minutes', () => {
  const ends = [0, 1, 2, 3, 4, 5].map((second) => second * 1000);
  const pauses = ends.map((_, index) => pauseBeforeRestart(ends.slice(0, index + 1), 6_000));
  expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, undefined]);
});

it('ends that are long past do not count', () => {
  expect(pauseBeforeRestart([0, 1, 2, 3, 4, 5, 500_000], 500_000)).toBe(1_000);
});

it('an end is told by its code or its signal', () => {
  expect(describeExit({ code: 3, signal: null })).toBe('code 3');
  expect(describeExit({ code: null, signal: 'SIGKILL' })).toBe('signal SIGKILL');
});

it('a process that is stopped is neither told of nor started again', async () => {
  const said: string[] = [];
  let end: (exit: Exit) => void = () => undefined;
  const child: StartedChild = { pid: 1, exited: new Promise((resolve) => (end = resolve)), stop: () => Promise.resolve(end({ code: 0, signal: null })) };
  const kept = keepRunning({ name: 'worker', first: child, start: () => { throw new Error('started again'); }, say: (line) => said.push(line) });
  await kept.stop();
  await child.exited;
  expect(said).toEqual([]);
});
