import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS } from '@/domain/durations';
import { openArchive, readArchiveKey, sealArchive } from './archive-cipher';
import { archiveLogs } from './archive-logs';
import { RotatingFile } from './rotating-file';

let folder: string;
/** In the future of the machine that runs the tests: files get their real time of change. */
let clock: Date;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), 'airlock-logs-')), 'logs');
  clock = new Date('2040-03-30T22:00:00Z');
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

const now = () => clock;
const later = (hours: number) => (clock = new Date(clock.getTime() + hours * HOUR_MS));
const open = (maxBytes?: number) => new RotatingFile({ folder, name: 'portal', ending: 'jsonl', maxBytes, now });
const files = (below = '') => readdirSync(path.join(folder, below)).filter((name) => name !== 'archive').sort();
const textOf = (name: string) => readFileSync(path.join(folder, name), 'utf8');
const mode = (name: string) => (statSync(path.join(folder, name)).mode & 0o777).toString(8);
const collect = async (stream: AsyncIterable<Buffer>) => Buffer.concat(await Readable.from(stream).toArray());
const writeKey = (text: string) => {
  const file = path.join(path.dirname(folder), 'key');
  writeFileSync(file, text);
  return file;
};

describe('a log file', () => {
  it('goes on in another one with each day and when it is full, for its owner alone', () => {
    const log = open(20);
    for (const line of ['one of 12 b\n', 'two of 12 b\n', 'three\n']) log.write(line);
    later(3);
    log.write('the next day\n');
    expect(files()).toEqual(['portal-2040-03-30.1.jsonl', 'portal-2040-03-30.2.jsonl', 'portal-2040-03-31.1.jsonl']);
    expect(textOf('portal-2040-03-30.1.jsonl')).toBe('one of 12 b\ntwo of 12 b\n');
    expect(mode('.')).toBe('700');
    for (const name of files()) expect(mode(name)).toBe('600');
  });

  it('is shared by processes, and loses no line when one of them begins the next', () => {
    const [web, worker] = [open(30), open(30)];
    for (let line = 0; line < 40; line += 1) (line % 2 ? web : worker).write(`line ${line}\n`);
    later(24);
    worker.write('a day later\n');
    web.write('a day later too\n');
    const lines = files().flatMap((name) => textOf(name).trim().split('\n'));
    expect(lines).toHaveLength(42);
    expect(files().filter((name) => name.includes('2040-03-31'))).toHaveLength(1);
  });

  it('goes on after somebody removed it', () => {
    const log = open();
    log.write('one\n');
    rmSync(log.file);
    log.write('two\n');
    expect(textOf('portal-2040-03-30.1.jsonl')).toBe('two\n');
  });

  it('is not overwritten where the clock is set back onto a day that was archived', async () => {
    const log = open();
    log.write('first\n');
    later(48);
    await archiveLogs({ folder, now: clock });
    later(-48);
    log.write('again\n');
    later(48);
    await archiveLogs({ folder, now: clock });
    expect(files('archive').map((name) => gunzipSync(readFileSync(path.join(folder, 'archive', name))).toString())).toEqual(['first\n', 'again\n']);
  });
});

describe('the archive', () => {
  it('holds what is finished, compressed, for 30 days, over 60 days of a clock', async () => {
    const log = open(50);
    for (let day = 0; day < 60; day += 1) {
      for (let line = 0; line < 6; line += 1) log.write(`${clock.toISOString()} line ${line}\n`);
      later(24);
      await archiveLogs({ folder, now: clock });
      const days = new Set([...files(), ...files('archive')].map((name) => name.slice(7, 17)));
      expect(days.size).toBeLessThanOrEqual(31);
    }
    log.write('today\n');
    const archived = files('archive');
    expect(files()).toEqual(['portal-2040-05-29.1.jsonl']);
    expect(archived.at(0)).toMatch(/^portal-2040-04-29\.1\.jsonl\.gz$/);
    expect(archived.at(-1)).toMatch(/^portal-2040-05-28\.\d\.jsonl\.gz$/);
    const day = archived.filter((name) => name.includes('2040-05-28')).map((name) => gunzipSync(readFileSync(path.join(folder, 'archive', name))).toString()).join('');
    expect(day.trim().split('\n')).toHaveLength(6);
    for (const name of archived) expect(mode(path.join('archive', name))).toBe('600');
    expect(mode('archive')).toBe('700');
  });

  it('leaves alone what somebody may still be writing', async () => {
    const log = open();
    log.write('today\n');
    later(3);
    utimesSync(path.join(folder, 'portal-2040-03-30.1.jsonl'), clock, clock);
    expect(await archiveLogs({ folder, now: clock })).toEqual({ archived: 0, removed: 0 });
    later(1);
    expect(await archiveLogs({ folder, now: clock })).toEqual({ archived: 1, removed: 0 });
  });

  it('takes up what earlier versions and PostgreSQL wrote', async () => {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'portal.jsonl'), 'old\n');
    writeFileSync(path.join(folder, 'web.log.1'), 'older\n');
    writeFileSync(path.join(folder, 'postgres.log'), '2040-03-29 01:02:03.004 UTC [1] LOG:  ready\n');
    for (const name of files()) utimesSync(path.join(folder, name), new Date('2040-03-28T00:00:00Z'), new Date('2040-03-28T00:00:00Z'));
    await archiveLogs({ folder, now: clock });
    appendFileSync(path.join(folder, 'postgres.log'), '2040-03-30 01:02:03.004 UTC [1] LOG:  on\n');
    later(1);
    await archiveLogs({ folder, now: clock });
    expect(files()).toEqual(['postgres.log']);
    expect(textOf('postgres.log')).toContain('2040-03-30');
    expect(files('archive')).toEqual(['portal-2040-03-28.1.jsonl.gz', 'postgres-2040-03-29.1.log.gz', 'web-2040-03-28.1.log.gz']);
  });

  it('is made once by several at the same time', async () => {
    open().write('one\n');
    later(24);
    await Promise.all([1, 2, 3].map(() => archiveLogs({ folder, now: clock })));
    expect(files('archive')).toEqual(['portal-2040-03-30.1.jsonl.gz']);
    expect(gunzipSync(readFileSync(path.join(folder, 'archive', 'portal-2040-03-30.1.jsonl.gz'))).toString()).toBe('one\n');
  });

  it('is encrypted where a key is set, and never written in the clear where that key cannot be read', async () => {
    const keyFile = writeKey(`${Buffer.alloc(32, 7).toString('base64')}\n`);
    open().write('one line\n');
    later(24);
    await expect(archiveLogs({ folder, now: clock, keyFile: writeKey('too short') })).rejects.toThrow(/LOG_ARCHIVE_KEY_FILE/);
    expect(files('archive')).toEqual([]);
    writeKey(Buffer.alloc(32, 7).toString('hex'));
    await archiveLogs({ folder, now: clock, keyFile });
    expect(files('archive')).toEqual(['portal-2040-03-30.1.jsonl.gz.enc']);
    const sealed = readFileSync(path.join(folder, 'archive', 'portal-2040-03-30.1.jsonl.gz.enc'));
    expect(gunzipSync(await collect(openArchive(Readable.from([sealed]), readArchiveKey(keyFile)))).toString()).toBe('one line\n');
  });
});

describe('an encrypted archive', () => {
  const key = Buffer.alloc(32, 1);
  const seal = (plain: Buffer) => collect(sealArchive(Readable.from([plain]), key));
  /** In small parts, as a stream may give them. */
  const unseal = (sealed: Buffer, by = key) => collect(openArchive(Readable.from(Array.from({ length: Math.ceil(sealed.length / 1000) }, (_, at) => sealed.subarray(at * 1000, at * 1000 + 1000))), by));

  it.each([0, 1, 65_535, 65_536, 65_537, 200_000])('gives back %i bytes', async (bytes) => {
    const plain = Buffer.alloc(bytes, 'log');
    expect((await unseal(await seal(plain))).equals(plain)).toBe(true);
  });

  it('is refused when it was changed, cut off at a chunk, put together anew, or another key is given', async () => {
    const sealed = await seal(Buffer.alloc(200_000, 'log'));
    const [header, chunk] = [24, 65_552];
    const flipped = Buffer.from(sealed);
    flipped[header + 5] = (flipped[header + 5] ?? 0) ^ 1;
    const swapped = Buffer.concat([sealed.subarray(0, header), sealed.subarray(header + chunk, header + 2 * chunk), sealed.subarray(header, header + chunk), sealed.subarray(header + 2 * chunk)]);
    for (const bad of [flipped, swapped, sealed.subarray(0, header + chunk), sealed.subarray(0, header), sealed.subarray(0, 10), Buffer.from('no archive at all, but long enough to be one')]) await expect(unseal(bad)).rejects.toMatchObject({ code: 'EARCHIVE' });
    await expect(unseal(sealed, Buffer.alloc(32, 2))).rejects.toMatchObject({ code: 'EARCHIVE' });
  });
});
