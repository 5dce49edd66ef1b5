import { useEffect, useRef, useState } from 'react';
import { type LiveTopic, writeLiveTopic } from '@/domain/live';

export type Connection = 'connecting' | 'live' | 'lost';

/** Many changes at once, such as segments that arrive, are one refresh. */
const DEBOUNCE_MS = 400;
const LONGEST_WAIT_MS = 2_000;

/** Calls `action` once things have been quiet for a moment, and at the latest after two seconds. */
function debounced(action: () => void): { call: () => void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let first: number | undefined;
  const run = () => {
    timer = undefined;
    first = undefined;
    action();
  };
  return {
    call: () => {
      const now = performance.now();
      first ??= now;
      clearTimeout(timer);
      timer = setTimeout(run, Math.max(0, Math.min(DEBOUNCE_MS, first + LONGEST_WAIT_MS - now)));
    },
    cancel: () => clearTimeout(timer),
  };
}

/**
 * Listens while the page is seen. What changed after the server had drawn the page and before the stream stood was told to
 * nobody, so the page is refreshed whenever a stream stands.
 */
function listenWhileVisible(address: string, refresh: () => void, show: (connection: Connection) => void): () => void {
  const later = debounced(refresh);
  let source: EventSource | undefined;
  let missed = true;
  const open = () => {
    if (source) return;
    source = new EventSource(address);
    source.addEventListener('ready', () => {
      show('live');
      if (missed) later.call();
      missed = false;
    });
    source.addEventListener('changed', later.call);
    source.addEventListener('error', () => {
      missed = true;
      show('lost');
      // The server answered with something else than a stream, such as that the session ended: the browser does not try again.
      if (source?.readyState === EventSource.CLOSED) later.call();
    });
  };
  const close = () => {
    source?.close();
    source = undefined;
    missed = true;
  };
  const follow = () => (document.visibilityState === 'visible' ? open() : close());
  document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    document.removeEventListener('visibilitychange', follow);
    later.cancel();
    close();
  };
}

/** Calls `refresh` whenever something within `topic` changes, and says how the connection stands. */
export function useLive(topic: LiveTopic, refresh: () => void): Connection {
  const [connection, setConnection] = useState<Connection>('connecting');
  const latest = useRef(refresh);
  const address = `/api/live?topic=${encodeURIComponent(writeLiveTopic(topic))}`;
  useEffect(() => {
    latest.current = refresh;
  }, [refresh]);
  useEffect(() => listenWhileVisible(address, () => latest.current(), setConnection), [address]);
  return connection;
}
