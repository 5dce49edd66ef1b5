import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { type EmbeddedS3Options } from '../options';
import { type EmbeddedS3, startEmbeddedS3 } from '../server';

export const KEYS = { accessKeyId: 'AKIDCONFORMANCE', secretAccessKey: 'conformance-secret-access-key' };
export const BUCKET = 'conformance-bucket';

export interface TestServer {
  server: EmbeddedS3;
  /** Checksums only where they are asked for, as the portal's client. */
  s3: S3Client;
  dataDir: string;
  url: (pathAndQuery: string) => string;
  close(): Promise<void>;
}

export function clientFor(endpoint: string, options: Partial<ConstructorParameters<typeof S3Client>[0]> = {}): S3Client {
  return new S3Client({
    region: 'eu-west-1',
    endpoint,
    forcePathStyle: true,
    credentials: KEYS,
    maxAttempts: 1,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...options,
  });
}

export async function startTestServer(options: Partial<EmbeddedS3Options> = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'embedded-s3-')));
  const server = await startEmbeddedS3({ port: 0, buckets: [BUCKET], ...KEYS, ...options, dataDir });
  const s3 = clientFor(server.endpoint);
  return {
    server,
    s3,
    dataDir,
    url: (pathAndQuery) => `${server.endpoint}${pathAndQuery}`,
    close: async () => {
      s3.destroy();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface RawAnswer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** S3's error code in the body; undefined for a success. */
  code: string | undefined;
}

export interface RawRequest {
  method?: string;
  headers?: http.OutgoingHttpHeaders;
  body?: Buffer | string;
}

export const errorCode = (xml: string): string | undefined => /<Code>([^<]*)<\/Code>/.exec(xml)?.[1];

/** Sends exactly these headers (Node adds Host and Connection alone), and the path as it stands in the URL. */
export function send(url: string, { method = 'GET', headers = {}, body }: RawRequest = {}): Promise<RawAnswer> {
  const [, hostname, port, target] = /^http:\/\/([^:/]+):(\d+)(.*)$/s.exec(url)!;
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, path: target || '/', method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString('utf8');
        resolve({ status: response.statusCode!, headers: response.headers, text, code: errorCode(text) });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

export const sha256Base64 = (body: Buffer | string): string => createHash('sha256').update(body).digest('base64');

/** A PUT of one segment, presigned as the portal presigns it, and the headers that its sender has to send. */
export async function presignSegment(s3: S3Client, key: string, body: Buffer, overrides: Partial<PutObjectCommandInput> & { expiresIn?: number; signingDate?: Date } = {}) {
  const { expiresIn = 900, signingDate, ...input } = overrides;
  const command = new PutObjectCommand({
    Bucket: BUCKET,
    Key: key,
    ContentType: 'application/gzip',
    ContentLength: body.length,
    ChecksumSHA256: sha256Base64(body),
    ServerSideEncryption: 'AES256',
    IfNoneMatch: '*',
    ...input,
  });
  const url = await getSignedUrl(s3, command, {
    expiresIn,
    signingDate,
    unhoistableHeaders: new Set(['x-amz-checksum-sha256', 'x-amz-server-side-encryption']),
    signableHeaders: new Set(['host', 'content-type', 'content-length', 'if-none-match']),
  });
  const headers: Record<string, string> = {
    'content-type': 'application/gzip',
    'content-length': String(body.length),
    'x-amz-checksum-sha256': sha256Base64(body),
    'x-amz-server-side-encryption': 'AES256',
    'if-none-match': '*',
  };
  return { url, headers };
}

/** A URL of any call without a body. */
export function presignCall(s3: S3Client, command: Parameters<typeof getSignedUrl>[1], expiresIn = 900): Promise<string> {
  return getSignedUrl(s3, command, { expiresIn });
}
