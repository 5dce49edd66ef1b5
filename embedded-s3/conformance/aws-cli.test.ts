import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, KEYS, sha256Base64, startTestServer, type TestServer } from './harness';

function findAws(): boolean {
  try {
    execFileSync('aws', ['--version'], { stdio: 'ignore', timeout: 60_000 });
    return true;
  } catch {
    return false;
  }
}
const hasAws = findAws();

let test: TestServer;
let folder: string;

interface Outcome {
  code: number;
  json: Record<string, unknown>;
  stderr: string;
}

/** One call of `aws s3api`, with nothing of the surrounding configuration. Takes one to two seconds, most of it Python starting. */
function aws(...parameters: string[]): Promise<Outcome> {
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ACCESS_KEY_ID: KEYS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  };
  const all = ['--endpoint-url', test.server.endpoint, '--output', 'json', 's3api', ...parameters, '--bucket', BUCKET];
  return new Promise((resolve) => {
    execFile('aws', all, { env: environment as unknown as NodeJS.ProcessEnv, timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), json: stdout.trim() === '' ? {} : (JSON.parse(stdout) as Record<string, unknown>), stderr }),
    );
  });
}

function driveAws(): void {
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'embedded-s3-aws-'));
    test = await startTestServer();
  });
  afterAll(async () => {
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('puts, heads, gets, lists and deletes; multipart is refused', { timeout: 300_000 }, async () => {
    const body = Buffer.alloc(300_000, 'a segment ');
    const [source, target, Key] = [path.join(folder, 'source'), path.join(folder, 'target'), 'AL-1/heap dump ü.gz'];
    await writeFile(source, body);

    expect(await aws('put-bucket-versioning', '--versioning-configuration', 'Status=Enabled')).toMatchObject({ code: 0 });
    const put = await aws('put-object', '--key', Key, '--body', source, '--content-type', 'application/gzip', '--checksum-algorithm', 'SHA256', '--server-side-encryption', 'AES256', '--if-none-match', '*');
    expect(put).toMatchObject({ code: 0, json: { ChecksumSHA256: sha256Base64(body), ServerSideEncryption: 'AES256', ETag: `"${createHash('md5').update(body).digest('hex')}"` } });
    const { VersionId } = put.json;

    const [head, get, repeated, multipart] = await Promise.all([
      aws('head-object', '--key', Key, '--checksum-mode', 'ENABLED'),
      aws('get-object', '--key', Key, target),
      aws('put-object', '--key', Key, '--body', source, '--if-none-match', '*'),
      aws('create-multipart-upload', '--key', Key),
    ]);
    expect(head).toMatchObject({ code: 0, json: { ContentLength: body.length, ChecksumSHA256: sha256Base64(body), ServerSideEncryption: 'AES256', ContentType: 'application/gzip', VersionId } });
    expect(get.code).toBe(0);
    expect((await readFile(target)).equals(body)).toBe(true);
    expect(repeated.stderr).toContain('PreconditionFailed');
    expect(multipart.stderr).toContain('NotImplemented');
    expect(multipart.stderr).toContain('refuses multipart uploads');

    expect(await aws('delete-object', '--key', Key)).toMatchObject({ code: 0, json: { DeleteMarker: true } });
    const listed = await aws('list-object-versions');
    expect(listed.json).toMatchObject({ Versions: [{ Key, VersionId, IsLatest: false, Size: body.length }], DeleteMarkers: [{ Key, IsLatest: true }] });
  });
}

describe('the aws command', () => {
  if (hasAws) driveAws();
  else it('is not installed on this machine: only the SDK held the server to S3 here', () => expect(hasAws).toBe(false));
});
