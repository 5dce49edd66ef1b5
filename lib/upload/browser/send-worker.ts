import type { LoadedBody } from '../ports';
import type { FromSender, ToSender } from './send-messages';
import { xhrTransport } from './xhr-transport';

/** The worker that sends: bodies and requests live here, so that no large buffer is copied on the thread of the page. */

const bodies = new Map<number, LoadedBody>();
const puts = new Map<number, AbortController>();
const tell = (message: FromSender) => self.postMessage(message);

async function put({ put: id, body, url, headers }: Extract<ToSender, { type: 'put' }>): Promise<void> {
  const controller = new AbortController();
  puts.set(id, controller);
  try {
    const loaded = bodies.get(body);
    if (!loaded) throw new Error('There is no such body.');
    const onProgress = (sentBytes: number) => tell({ type: 'progress', put: id, sentBytes });
    tell({ type: 'answer', put: id, answer: await loaded.put({ url, headers, onProgress, signal: controller.signal }) });
  } catch {
    tell({ type: 'failed', put: id });
  } finally {
    puts.delete(id);
  }
}

self.onmessage = ({ data }: MessageEvent<ToSender>) => {
  switch (data.type) {
    case 'load':
      bodies.set(data.body, xhrTransport.load(data.bytes));
      break;
    case 'release':
      bodies.get(data.body)?.release();
      bodies.delete(data.body);
      break;
    case 'put':
      void put(data);
      break;
    case 'abort':
      puts.get(data.put)?.abort();
      break;
  }
};

tell({ type: 'ready' });
