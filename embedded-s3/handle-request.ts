import { randomBytes } from 'node:crypto';
import { type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { corsHeaders, preflightHeaders } from './cors/evaluate-cors';
import { renderErrorXml, S3Error } from './errors';
import { type Reply } from './handlers/context';
import { signedRequestBody } from './handlers/request-body';
import { type CheckedOptions } from './options';
import { readRequestHeaders } from './request-headers';
import { parseRequestTarget } from './request-target';
import { findOperation } from './router';
import { authenticate } from './signature/authenticate';
import { type Store } from './store/store';
import { WireBody } from './wire-body';

export interface ServerParts {
  store: Store;
  options: CheckedOptions;
}

/** What is known of a request while it is answered; filled in step by step, for the answer and the log. */
interface Progress {
  requestId: string;
  hostId: string;
  operation: string;
  cors: Record<string, string>;
  code: string | undefined;
}

async function produceReply(parts: ServerParts, request: IncomingMessage, body: WireBody, progress: Progress): Promise<Reply> {
  const { store, options } = parts;
  const method = request.method ?? '';
  const headers = readRequestHeaders(request.rawHeaders);
  const target = parseRequestTarget(request.url ?? '/', headers.get('host') ?? '');
  const corsRules = target.bucket === undefined ? undefined : store.find(target.bucket)?.settings.cors;
  if (method === 'OPTIONS') {
    progress.operation = 'Preflight';
    return { status: 200, headers: preflightHeaders(corsRules, headers, target.key === undefined ? 'BUCKET' : 'OBJECT') };
  }
  progress.cors = corsHeaders(corsRules, method, headers);
  const now = options.now();
  const authentication = authenticate({ method, path: target.path, query: target.query, headers, credentials: options, region: options.region, now });
  const operation = findOperation(method, target);
  progress.operation = operation.name;
  return operation.handle({
    store,
    region: options.region,
    now,
    method,
    bucketName: target.bucket ?? '',
    key: target.key ?? '',
    query: target.query,
    headers,
    body: signedRequestBody(headers, authentication, () => body.open()),
  });
}

function replyOfError(error: unknown, request: IncomingMessage, progress: Progress, options: CheckedOptions): Reply {
  const s3Error = error instanceof S3Error ? error : new S3Error('InternalError');
  if (s3Error !== error) options.onLog({ level: 'error', message: error instanceof Error ? error.message : 'unknown error', requestId: progress.requestId });
  progress.code = s3Error.code;
  if (s3Error.status === 304) return { status: 304, headers: s3Error.headers };
  const resource = (request.url ?? '/').split('?', 1)[0]!;
  return {
    status: s3Error.status,
    headers: { ...s3Error.headers, 'Content-Type': 'application/xml' },
    body: renderErrorXml(s3Error, { resource, requestId: progress.requestId, hostId: progress.hostId }),
  };
}

/** Node sends header values as Latin-1; UTF-8 that came in has to go out as the same bytes. */
const asWritten = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('latin1')]));

async function send(response: ServerResponse, method: string, reply: Reply): Promise<void> {
  const { body } = reply;
  if (body !== undefined && typeof body !== 'string') {
    response.writeHead(reply.status, reply.headers);
    if (body.length === 0) {
      await body.file.close();
      response.end();
      return;
    }
    await pipeline(body.file.createReadStream({ start: body.start, end: body.start + body.length - 1, highWaterMark: 256 * 1024 }), response);
    return;
  }
  const hasLength = reply.status !== 204 && reply.status !== 304 && reply.headers?.['Content-Length'] === undefined && method !== 'HEAD';
  response.writeHead(reply.status, { ...reply.headers, ...(hasLength && { 'Content-Length': String(Buffer.byteLength(body ?? '')) }) });
  response.end(method === 'HEAD' ? undefined : body);
}

const isGone = (error: unknown): boolean => ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');

/** Answers one request: prove the sender, find the call, handle it, answer in S3's words. Never throws. */
export async function handleRequest(parts: ServerParts, request: IncomingMessage, response: ServerResponse, waitsForContinue: boolean): Promise<void> {
  const { options } = parts;
  const startedAt = performance.now();
  const progress: Progress = { requestId: randomBytes(8).toString('hex').toUpperCase(), hostId: randomBytes(32).toString('base64'), operation: 'Unknown', cors: {}, code: undefined };
  const body = new WireBody(request, response, waitsForContinue);
  const finish = (level: 'info' | 'warn', outcome: string, status?: number) => {
    const { requestId, operation, code } = progress;
    const milliseconds = Math.round(performance.now() - startedAt);
    options.onLog({ level, message: `${requestId} ${operation} ${outcome} in ${milliseconds} ms`, requestId, operation, status, code, milliseconds });
  };
  try {
    const reply = await produceReply(parts, request, body, progress).catch((error: unknown) => {
      if (isGone(error)) throw error;
      return replyOfError(error, request, progress, options);
    });
    await body.discardRest();
    const headers = {
      ...progress.cors,
      ...reply.headers,
      'x-amz-request-id': progress.requestId,
      'x-amz-id-2': progress.hostId,
      Server: 'embedded-s3',
      ...(body.mustClose && { Connection: 'close' }),
    };
    await send(response, request.method ?? '', { ...reply, headers: asWritten(headers) });
    finish('info', [reply.status, progress.code].filter(Boolean).join(' '), reply.status);
  } catch (error) {
    response.destroy();
    finish('warn', isGone(error) ? 'client went away' : 'answer could not be sent');
  }
}
