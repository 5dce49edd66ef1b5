import http from 'node:http';
import { type AddressInfo, type Socket } from 'node:net';
import { renderErrorXml, S3Error } from './errors';
import { handleRequest } from './handle-request';
import { applyLifecycle } from './lifecycle/apply-lifecycle';
import { type CheckedOptions, checkOptions, type EmbeddedS3Options } from './options';
import { Store } from './store/store';

const HEADERS_TIMEOUT_MS = 60_000;
/** A connection on which nothing moves at all for this long is cut; a slow upload moves. */
const IDLE_TIMEOUT_MS = 5 * 60_000;
const KEEP_ALIVE_MS = 65_000;
/** How long requests in flight may go on once the server is closed. */
const CLOSE_GRACE_MS = 5_000;
const LIFECYCLE_EVERY_MS = 60 * 60_000;

export interface EmbeddedS3 {
  /** Such as http://127.0.0.1:9300 */
  endpoint: string;
  port: number;
  /** Applies every bucket's lifecycle rules as of `now`; the server does so by itself at its start and each hour. */
  applyLifecycle(at: { now: Date }): Promise<{ actions: number }>;
  /** Lets requests in flight end for `graceMs` (5 s where it is not given); 0 cuts them, as a crash would. */
  close(graceMs?: number): Promise<void>;
}

/** What cannot become a request is answered on the bare socket: a body shorter than promised, headers too slow or malformed. */
function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET' || error.code === 'EPIPE') {
    socket.destroy();
    return;
  }
  const s3Error = new S3Error(error.code === 'HPE_INVALID_EOF_STATE' ? 'IncompleteBody' : 'BadRequest');
  const xml = renderErrorXml(s3Error, { resource: '', requestId: '', hostId: '' });
  socket.end(`HTTP/1.1 400 Bad Request\r\nContent-Type: application/xml\r\nContent-Length: ${Buffer.byteLength(xml)}\r\nConnection: close\r\n\r\n${xml}`);
}

function createServer(store: Store, options: CheckedOptions): http.Server {
  const answer = (waitsForContinue: boolean) => (request: http.IncomingMessage, response: http.ServerResponse) =>
    void handleRequest({ store, options }, request, response, waitsForContinue);
  const server = http.createServer({ headersTimeout: HEADERS_TIMEOUT_MS, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, answer(false));
  server.timeout = IDLE_TIMEOUT_MS;
  server.on('checkContinue', answer(true));
  server.on('clientError', (error, socket) => answerClientError(error, socket as Socket));
  return server;
}

function listen(server: http.Server, { host, port }: CheckedOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new Error(`Port ${port} on ${host} is in use. Stop what listens there, or choose another port for the storage server.`));
      else if (error.code === 'EACCES') reject(new Error(`This user has no right to listen on port ${port}. Choose a port above 1023 for the storage server.`));
      else reject(new Error(`The storage server cannot listen on ${host}:${port} (${error.code ?? error.message}).`));
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

async function closeServer(server: http.Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(cut);
}

/**
 * Starts the S3-compatible server for development and tests. It binds to loopback only. Throws an Error with one sentence a person can act
 * on when the port is in use, the folder cannot be written or is in use, or an option is wrong.
 */
export async function startEmbeddedS3(given: EmbeddedS3Options): Promise<EmbeddedS3> {
  const options = checkOptions(given);
  const store = await Store.open(options.dataDir, (message) => options.onLog({ level: 'warn', message }));
  try {
    for (const name of options.buckets) if (store.find(name) === undefined) await store.create(name, options.now());
    const server = createServer(store, options);
    const port = await listen(server, options);
    const applyNow = () =>
      applyLifecycle({ store, now: options.now() }).catch((error: unknown) => options.onLog({ level: 'error', message: `lifecycle: ${error instanceof Error ? error.message : 'failed'}` }));
    const started = applyNow();
    const timer = setInterval(() => void applyNow(), LIFECYCLE_EVERY_MS).unref();
    return {
      endpoint: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
      port,
      applyLifecycle: ({ now }) => applyLifecycle({ store, now }),
      close: async (graceMs = CLOSE_GRACE_MS) => {
        clearInterval(timer);
        await started;
        await closeServer(server, graceMs);
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
