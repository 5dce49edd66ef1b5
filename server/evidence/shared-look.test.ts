import { expect, it } from 'vitest';
import { sharedLook } from './shared-look';

const START = new Date('2026-11-27T12:00:00Z');
const after = (seconds: number) => new Date(START.getTime() + seconds * 1000);

function world() {
  const readings: { readonly resolve: (words: string) => void; readonly reject: (error: Error) => void }[] = [];
  const look = sharedLook({ read: () => new Promise<string>((resolve, reject) => readings.push({ resolve, reject })), freshMs: 10_000, stuckMs: 60_000 });
  return { look, readings };
}

it('reads once for all who look within some seconds', async () => {
  const { look, readings } = world();
  const facts = [0, 1, 9].map((seconds) => look.at(after(seconds)).facts);
  readings[0]?.resolve('kept');
  expect(await Promise.all(facts)).toEqual(['kept', 'kept', 'kept']);
  expect(look.at(after(9)).at).toEqual(START);
  expect(readings).toHaveLength(1);
  expect(look.at(after(10)).at).toEqual(after(10));
  expect(readings).toHaveLength(2);
});

it('begins no second reading while one is under way, unless that one is stuck', () => {
  const { look, readings } = world();
  for (const seconds of [0, 10, 30, 59]) look.at(after(seconds));
  expect(readings).toHaveLength(1);
  look.at(after(60));
  expect(readings).toHaveLength(2);
});

it('shows nothing of an earlier reading, and reads anew at once, where one failed', async () => {
  const { look, readings } = world();
  const first = look.at(START).facts;
  readings[0]?.resolve('kept');
  await first;
  const failed = look.at(after(10)).facts;
  readings[1]?.reject(new Error('The database does not answer.'));
  await expect(failed).rejects.toThrow('The database does not answer.');
  const next = look.at(after(10)).facts;
  readings[2]?.resolve('broken');
  expect(await next).toBe('broken');
});

it('keeps what a later reading found where a stuck one ends after it', async () => {
  const { look, readings } = world();
  const stuck = look.at(START).facts;
  const later = look.at(after(60)).facts;
  readings[1]?.resolve('broken');
  expect(await later).toBe('broken');
  readings[0]?.reject(new Error('Too late.'));
  await expect(stuck).rejects.toThrow('Too late.');
  expect(await look.at(after(61)).facts).toBe('broken');
});
