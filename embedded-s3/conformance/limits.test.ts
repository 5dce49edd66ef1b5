import { readdir } from 'node:fs/promises';
import net from 'node:net';
import { AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CopyObjectCommand, CreateMultipartUploadCommand, GetBucketAclCommand, GetObjectAttributesCommand, GetObjectTaggingCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsCommand, ListPartsCommand, PutObjectCommand, PutObjectTaggingCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BUCKET, errorCode, presignCall, presignSegment, send, startTestServer, type TestServer } from './harness';

let test: TestServer;
beforeAll(async () => {
  test = await startTestServer();
});
afterAll(() => test.close());

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';
const FIVE_GIB = 5 * 1024 ** 3;

/** A conversation on a bare socket: sends the head, then what `onData` asks for; resolves with all that came back. */
function converse(head: string, onData: (soFar: string, socket: net.Socket) => void = () => undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = net.connect(test.server.port, '127.0.0.1', () => socket.write(head));
    socket.on('data', (piece) => {
      answer += piece.toString();
      onData(answer, socket);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

async function headOf(key: string, body: Buffer, extra: Record<string, string> = {}, overrides: Parameters<typeof presignSegment>[3] = {}): Promise<string> {
  const { url, headers } = await presignSegment(test.s3, key, body, overrides);
  const { host, pathname, search } = new URL(url);
  const lines = Object.entries({ host, ...headers, ...extra }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `PUT ${pathname}${search} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const isStored = (Key: string) => test.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key })).then(() => true, () => false);

describe('the size of a PUT', () => {
  it('above 5 GiB is refused from its Content-Length, before a byte of the body', async () => {
    const head = await headOf('huge', Buffer.alloc(0), { 'content-length': String(FIVE_GIB + 1) }, { ContentLength: FIVE_GIB + 1 });
    const answer = await converse(head, (_soFar, socket) => socket.destroy());
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(errorCode(answer)).toBe('EntityTooLarge');
    expect(answer).toContain(`<MaxSizeAllowed>${FIVE_GIB}</MaxSizeAllowed>`);
  });

  it('has to be said', async () => {
    const url = await presignCall(test.s3, new PutObjectCommand({ Bucket: BUCKET, Key: 'unsaid' }));
    const { host, pathname, search } = new URL(url);
    const answer = await converse(`PUT ${pathname}${search} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 411 /);
    expect(errorCode(answer)).toBe('MissingContentLength');
  });

  it('has to be kept: a body that ends early is IncompleteBody, and nothing is stored', async () => {
    const body = Buffer.alloc(100_000, 'x');
    const head = await headOf('short', body, { expect: '100-continue' });
    const answer = await converse(head, (soFar, socket) => {
      if (soFar === CONTINUE) socket.end('only this');
    });
    expect(answer).toMatch(/HTTP\/1\.1 400 /);
    expect(errorCode(answer)).toBe('IncompleteBody');
    await expect.poll(() => readdir(`${test.dataDir}/temporary`), { timeout: 10_000 }).toEqual([]);
    expect(await isStored('short')).toBe(false);
  });
});

describe('a sender', () => {
  it('that waits for 100 Continue gets it once its signature holds', async () => {
    const body = Buffer.from('patient');
    const head = await headOf('patient', body, { expect: '100-continue', connection: 'close' });
    const answer = await converse(head, (soFar, socket) => {
      if (soFar === CONTINUE) socket.write(body);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
    expect(await isStored('patient')).toBe(true);
  });

  it('that waits for 100 Continue with a bad signature is refused without sending the body', async () => {
    const head = (await headOf('impatient', Buffer.from('body'), { expect: '100-continue' })).replace('/impatient', '/another');
    const answer = await converse(head);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(answer.toLowerCase()).toContain('connection: close');
  });

  it('that is refused while it sends 8 MB sees the answer, and the connection lives on', async () => {
    const body = Buffer.alloc(8_000_000, 'x');
    const { url, headers } = await presignSegment(test.s3, 'refused', body);
    expect(await send(url.replace('/refused', '/another'), { method: 'PUT', headers, body })).toMatchObject({ status: 403, code: 'SignatureDoesNotMatch' });
    expect(await send(url, { method: 'PUT', headers, body })).toMatchObject({ status: 200 });
  });

  it('that breaks off leaves nothing behind', async () => {
    const head = await headOf('broken', Buffer.alloc(1_000_000, 'x'), { expect: '100-continue' });
    await converse(head, (_soFar, socket) => socket.write(Buffer.alloc(300_000, 'x'), () => socket.destroy()));
    await expect.poll(() => readdir(`${test.dataDir}/temporary`), { timeout: 10_000 }).toEqual([]);
    expect(await isStored('broken')).toBe(false);
  });

  it('that speaks no HTTP is answered and cut', async () => {
    expect(errorCode(await converse('nonsense\r\n\r\n'))).toBe('BadRequest');
  });
});

describe('what is not there', () => {
  const object = { Bucket: BUCKET, Key: 'multipart' };
  const calls = {
    CreateMultipartUpload: new CreateMultipartUploadCommand(object),
    UploadPart: new UploadPartCommand({ ...object, UploadId: 'x', PartNumber: 1, Body: 'x' }),
    ListParts: new ListPartsCommand({ ...object, UploadId: 'x' }),
    CompleteMultipartUpload: new CompleteMultipartUploadCommand({ ...object, UploadId: 'x' }),
    AbortMultipartUpload: new AbortMultipartUploadCommand({ ...object, UploadId: 'x' }),
    ListMultipartUploads: new ListMultipartUploadsCommand({ Bucket: BUCKET }),
    CopyObject: new CopyObjectCommand({ ...object, CopySource: `${BUCKET}/x` }),
    GetObjectTagging: new GetObjectTaggingCommand(object),
    PutObjectTagging: new PutObjectTaggingCommand({ ...object, Tagging: { TagSet: [] } }),
    GetObjectAttributes: new GetObjectAttributesCommand({ ...object, ObjectAttributes: ['ETag'] }),
    GetBucketAcl: new GetBucketAclCommand({ Bucket: BUCKET }),
    ListObjects: new ListObjectsCommand({ Bucket: BUCKET }),
  };

  it.each(Object.keys(calls) as Array<keyof typeof calls>)('%s is NotImplemented', async (name) => {
    const attempt = test.s3.send(calls[name] as CreateMultipartUploadCommand);
    await expect(attempt).rejects.toMatchObject({ name: 'NotImplemented', $metadata: { httpStatusCode: 501 } });
    expect(await isStored('multipart')).toBe(false);
  });

  it('says in a sentence that multipart uploads are refused', async () => {
    await expect(test.s3.send(calls.CreateMultipartUpload)).rejects.toThrow('This bucket refuses multipart uploads: send each object by a single PUT of at most 5 GiB.');
  });
});
