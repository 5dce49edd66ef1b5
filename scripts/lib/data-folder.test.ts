import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDataFolder } from './data-folder';
import { readDemoSecrets } from './demo-secrets';

let parent: string;
let dataDir: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'airlock data-'));
  dataDir = join(parent, 'deep', '.data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('the data folder', () => {
  it('is made with its parents, for its owner alone', () => {
    openDataFolder(dataDir).release();
    for (const name of ['', 'logs', 'secrets']) expect(statSync(join(dataDir, name)).mode & 0o777).toBe(0o700);
  });

  it('that was open to others is closed to them', () => {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, 0o755);
    openDataFolder(dataDir).release();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  it('is used by one start at a time', () => {
    const first = openDataFolder(dataDir);
    expect(() => openDataFolder(dataDir)).toThrow(`The portal already runs from ${dataDir} (process ${process.pid})`);
    first.release();
    openDataFolder(dataDir).release();
  });

  it('that is a file is refused in one sentence', () => {
    mkdirSync(join(parent, 'deep'));
    writeFileSync(dataDir, '');
    expect(() => openDataFolder(dataDir)).toThrow(/is a file, not a folder: remove it, or choose another folder with AIRLOCK_DATA_DIR\.$/);
  });

  it('below a file is refused in one sentence', () => {
    writeFileSync(join(parent, 'deep'), '');
    expect(() => openDataFolder(dataDir)).toThrow(/cannot be used: part of the path is a file\./);
  });

  it('where this account may not write is refused in one sentence', () => {
    // Nobody makes a folder there, root neither.
    expect(() => openDataFolder('/sys/airlock-data')).toThrow(/^The data folder \/sys\/airlock-data cannot be used: (this account may not write there|the file system is read-only)\. Put that right, or choose another folder with AIRLOCK_DATA_DIR\.$/);
  });

  it('of another account is refused in one sentence, and stays as it was', () => {
    const isRoot = process.getuid?.() === 0;
    mkdirSync(dataDir, { recursive: true });
    if (isRoot) chownSync(dataDir, 65_534, 65_534);
    // What belongs to root is another account's for everybody else.
    const theirs = isRoot ? dataDir : '/';
    const before = statSync(theirs);
    expect(() => openDataFolder(theirs)).toThrow(`The data folder ${theirs} belongs to another account (user id ${before.uid}): start as that account, or choose another folder with AIRLOCK_DATA_DIR.`);
    expect(statSync(theirs).mode).toBe(before.mode);
  });
});

describe('the secrets of demo mode', () => {
  it('are made once and kept, readable by their owner alone', () => {
    openDataFolder(dataDir).release();
    const first = readDemoSecrets(dataDir);
    expect(readDemoSecrets(dataDir)).toEqual(first);
    expect(first.authSecret.length).toBeGreaterThanOrEqual(32);
    for (const name of ['auth-secret', 'receipt-key.pem', 'storage-key']) expect(statSync(join(dataDir, 'secrets', name)).mode & 0o777).toBe(0o600);
  });

  it.each(['auth-secret', 'receipt-key.pem', 'storage-key'])('are not replaced where %s is damaged, which is said', (name) => {
    openDataFolder(dataDir).release();
    readDemoSecrets(dataDir);
    const file = join(dataDir, 'secrets', name);
    writeFileSync(file, 'broken');
    expect(() => readDemoSecrets(dataDir)).toThrow(`The secret in ${file} is damaged: put it back from a copy, or move ${dataDir} away to start afresh.`);
    expect(existsSync(file)).toBe(true);
  });
});
