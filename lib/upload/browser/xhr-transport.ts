import { parseRetryAfter } from '../backoff';
import { freeBuffer } from '../compress/free-buffer';
import type { LoadedBody, PutAnswer, PutRequest, Transport } from '../ports';
import { NetworkError } from '../upload-errors';

/** Headers that only the browser itself may set (Fetch standard, forbidden request-headers); it sets these rightly. */
const SET_BY_BROWSER = new Set(['content-length', 'host', 'connection', 'expect', 'transfer-encoding']);

/** S3's XML error, read without a DOM because workers have none. */
export function parseS3Error(xml: string): { errorCode: string | null; errorMessage: string | null } {
  const value = (tag: string) => new RegExp(`<${tag}>([^<]{0,500})</${tag}>`).exec(xml)?.[1] ?? null;
  return { errorCode: value('Code'), errorMessage: value('Message') };
}

function answerOf(xhr: XMLHttpRequest): PutAnswer {
  const isError = xhr.status >= 300;
  const error = isError ? parseS3Error(xhr.responseText) : { errorCode: null, errorMessage: null };
  return { status: xhr.status, ...error, retryAfterSeconds: isError ? parseRetryAfter(xhr.getResponseHeader('retry-after')) : null };
}

function put(body: ArrayBuffer, { url, headers, onProgress, signal }: PutRequest): Promise<PutAnswer> {
  return new Promise<PutAnswer>((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const xhr = new XMLHttpRequest();
    const abort = () => xhr.abort();
    const settle = (end: () => void) => () => {
      signal.removeEventListener('abort', abort);
      end();
    };
    xhr.open('PUT', url);
    // The signature is in the URL; no cookie of ours is for the storage.
    xhr.withCredentials = false;
    for (const [name, value] of Object.entries(headers)) if (!SET_BY_BROWSER.has(name.toLowerCase())) xhr.setRequestHeader(name, value);
    xhr.upload.onprogress = (event) => onProgress(event.loaded);
    xhr.onload = settle(() => resolve(answerOf(xhr)));
    xhr.onerror = settle(() => reject(new NetworkError('The PUT got no answer.')));
    xhr.onabort = settle(() => reject(signal.aborted ? signal.reason : new NetworkError('The PUT was cut.')));
    signal.addEventListener('abort', abort, { once: true });
    xhr.send(body);
  });
}

/**
 * PUT by XMLHttpRequest, because `fetch` tells no upload progress. The body is an ArrayBuffer: a Blob keeps twice the memory in
 * the browser's process.
 */
export const xhrTransport: Transport = {
  wake: () => undefined,
  load(buffer): LoadedBody {
    let body: ArrayBuffer | null = buffer;
    return {
      put: (request) => (body === null ? Promise.reject(new NetworkError('The body was released.')) : put(body, request)),
      release: () => {
        if (body !== null) freeBuffer(body);
        body = null;
      },
    };
  },
};
