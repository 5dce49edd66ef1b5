import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import nodePath from 'node:path';
import { type GetObjectCommand, type HeadBucketCommand, PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { vi } from 'vitest';
import { type EmbeddedS3Options } from '../options';
import { parseRequestTarget } from '../request-target';
import { type EmbeddedS3, startEmbeddedS3 } from '../server';
import { canonicalRequest, deriveSigningKey, sha256Hex, sign, stringToSign } from '../signature/canonical-request';

// Every write is synced to the disk, which a loaded machine may take its time for.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

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
  const dataDir = options.dataDir ?? (await mkdtemp(nodePath.join(tmpdir(), 'embedded-s3-')));
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
export function presignCall(s3: S3Client, command: GetObjectCommand | PutObjectCommand | HeadBucketCommand): Promise<string> {
  return getSignedUrl(s3, command as GetObjectCommand, { expiresIn: 900 });
}

export interface SignedRequest {
  method?: string;
  body?: string;
  payloadHash?: string;
  /** Further headers, signed. */
  headers?: Record<string, string>;
  /** Headers that are sent and left out of the signature. */
  unsigned?: Record<string, string>;
  secret?: string;
  region?: string;
  date?: Date;
}

/** A request signed in its header by hand, so that it can be wrong in one point. A PUT unless it says otherwise. */
export function sendSignedByHeader(test: TestServer, pathAndQuery: string, request: SignedRequest): Promise<RawAnswer> {
  const { method = 'PUT', body = '', payloadHash = sha256Hex(body), secret = KEYS.secretAccessKey, region = 'eu-west-1', date = new Date() } = request;
  const dateTime = date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const { host } = new URL(test.server.endpoint);
  const signed: Record<string, string> = { host, 'x-amz-content-sha256': payloadHash, 'x-amz-date': dateTime, ...request.headers };
  const signedHeaders = Object.keys(signed).sort();
  const { path, query } = parseRequestTarget(pathAndQuery, host);
  const scope = { date: dateTime.slice(0, 8), region, service: 's3' };
  const canonical = canonicalRequest({ method, path, query, headers: new Map(Object.entries(signed)), signedHeaders, payloadHash });
  const signature = sign(deriveSigningKey(secret, scope), stringToSign(dateTime, scope, canonical));
  const authorization = `AWS4-HMAC-SHA256 Credential=${KEYS.accessKeyId}/${scope.date}/${region}/s3/aws4_request, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  const length = signed['transfer-encoding'] === undefined && { 'content-length': Buffer.byteLength(body) };
  return send(test.url(pathAndQuery), { method, headers: { ...length, ...signed, authorization, ...request.unsigned }, body });
}
