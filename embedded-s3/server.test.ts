import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientFor, KEYS, startTestServer } from './conformance/harness';
import { type LogEntry } from './options';
import { startEmbeddedS3 } from './server';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'embedded-s3-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

describe('starting the server', () => {
  it('anywhere but on loopback is refused', async () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.1', 'example.org', '']) await expect(startEmbeddedS3({ dataDir, host, port: 0, ...KEYS })).rejects.toThrow(/for development only and binds to loopback/);
  });

  it('with options that cannot be is refused', async () => {
    await expect(startEmbeddedS3({ dataDir, port: 70_000, ...KEYS })).rejects.toThrow(/port/);
    await expect(startEmbeddedS3({ dataDir, port: Number.NaN, ...KEYS })).rejects.toThrow(/port/);
    await expect(startEmbeddedS3({ dataDir, port: 0, ...KEYS, secretAccessKey: 'short' })).rejects.toThrow(/secret access key/);
    await expect(startEmbeddedS3({ dataDir, port: 0, ...KEYS, accessKeyId: '' })).rejects.toThrow(/access key id/);
    await expect(startEmbeddedS3({ dataDir, port: 0, ...KEYS, buckets: ['No'] })).rejects.toThrow(/not valid/);
  });

  it('on a port in use says so, and lets the folder go', async () => {
    const squatter = net.createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const { port } = squatter.address() as net.AddressInfo;
    await expect(startEmbeddedS3({ dataDir, port, ...KEYS })).rejects.toThrow(`Port ${port} on 127.0.0.1 is in use.`);
    await new Promise((resolve) => squatter.close(resolve));
    const server = await startEmbeddedS3({ dataDir, port: 0, ...KEYS });
    expect(server.endpoint).toBe(`http://127.0.0.1:${server.port}`);
    await server.close();
  });

  it('logs calls without keys of objects', async () => {
    const entries: LogEntry[] = [];
    const test = await startTestServer({ dataDir, onLog: (entry) => entries.push(entry) });
    await test.s3.send(new PutObjectCommand({ Bucket: 'conformance-bucket', Key: 'canary-name', Body: 'canary-body' }));
    await expect(test.s3.send(new GetObjectCommand({ Bucket: 'conformance-bucket', Key: 'canary-other' }))).rejects.toThrow();
    await test.close();
    expect(entries).toMatchObject([{ operation: 'PutObject', status: 200 }, { operation: 'GetObject', status: 404, code: 'NoSuchKey' }]);
    expect(JSON.stringify(entries)).not.toMatch(/canary|secret/);
  });

  it('applies lifecycle rules as of any moment', async () => {
    const test = await startTestServer({ dataDir });
    expect(await test.server.applyLifecycle({ now: new Date('2099-01-01T00:00:00Z') })).toEqual({ actions: 0 });
    await test.close();
  });
});

interface Storage {
  child: ChildProcess;
  endpoint: string;
  keys: { accessKeyId: string; secretAccessKey: string };
  exited: Promise<number | null>;
}

const children = new Set<ChildProcess>();
afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children.clear();
});

/** Runs `npm run storage` as a process of its own, without npm. */
async function runStorage(environment: Record<string, string> = {}): Promise<Storage | { failed: string; code: number | null }> {
  const main = path.join(import.meta.dirname, 'main.ts');
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(S3_|AWS_|AIRLOCK_|NODE_OPTIONS|VITEST)/.test(name)));
  const child = spawn(process.execPath, ['--import', 'tsx', main], { env: { ...clean, AIRLOCK_STORAGE_PORT: '0', AIRLOCK_STORAGE_DIR: dataDir, ...environment } as unknown as NodeJS.ProcessEnv, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let [output, complaints] = ['', ''];
  child.stderr.on('data', (piece: Buffer) => (complaints += piece.toString()));
  const printed = new Promise<void>((resolve) => {
    child.stdout.on('data', (piece: Buffer) => {
      output += piece.toString();
      if (/secret access key .*\n/.test(output)) resolve();
    });
  });
  const code = await Promise.race([printed, exited]);
  if (code !== undefined) return { failed: complaints, code };
  expect(output).toContain('for development only');
  const value = (label: string) => new RegExp(`${label} +(\\S+)`).exec(output)![1]!;
  return { child, endpoint: value('endpoint'), keys: { accessKeyId: value('access key id'), secretAccessKey: value('secret access key') }, exited };
}

describe('npm run storage', () => {
  it('keeps its keys and what was stored over kill -9, and ends in order on SIGTERM', { timeout: 120_000 }, async () => {
    const first = (await runStorage({ S3_BUCKET: 'kept-bucket' })) as Storage;
    const s3 = clientFor(first.endpoint, { credentials: { ...first.keys } });
    await s3.send(new PutObjectCommand({ Bucket: 'kept-bucket', Key: 'a', Body: 'kept' }));
    first.child.kill('SIGKILL');
    await first.exited;
    s3.destroy();
    expect((await stat(path.join(dataDir, 'keys.json'))).mode & 0o777).toBe(0o600);

    const second = (await runStorage()) as Storage;
    expect(second.keys).toEqual(first.keys);
    const again = clientFor(second.endpoint, { credentials: { ...second.keys } });
    expect((await again.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: 'kept-bucket' }]);
    expect(await (await again.send(new GetObjectCommand({ Bucket: 'kept-bucket', Key: 'a' }))).Body!.transformToString()).toBe('kept');
    again.destroy();
    second.child.kill('SIGTERM');
    expect(await second.exited).toBe(0);
    await expect(readFile(path.join(dataDir, 'lock.json'))).rejects.toThrow('ENOENT');
  });

  it('says in one sentence what is wrong', { timeout: 120_000 }, async () => {
    expect(await runStorage({ S3_ACCESS_KEY_ID: 'only-one' })).toEqual({ failed: 'Set both S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or neither.\n', code: 1 });
  });
});
