import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
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
