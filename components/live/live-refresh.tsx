'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { type LiveTopic, writeLiveTopic } from '@/domain/live';

type Connection = 'connecting' | 'live' | 'lost';
const WORDS: Readonly<Record<Connection, string>> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

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

/** Listens while the page is seen; a page that comes back into view is refreshed first, since it may have missed something. */
function listenWhileVisible(address: string, refresh: () => void, show: (connection: Connection) => void, isBehind: boolean): () => void {
  const later = debounced(refresh);
  let source: EventSource | undefined;
  let missed = isBehind;
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

/** Whether the portal answers, and still lets this person listen. */
async function mayRefresh(address: string): Promise<boolean> {
  const probe = new AbortController();
  try {
    return (await fetch(address, { cache: 'no-store', signal: probe.signal })).ok;
  } catch {
    return false;
  } finally {
    probe.abort();
  }
}

/**
 * Keeps a server-rendered page up to date: whenever something within `topic` changes, the page is asked for again. Shows a
 * quiet word about the connection. `stay`: a page that must not be left, because it is sending files; it is asked for only
 * while the session and the network hold, since a refresh that fails becomes a navigation.
 */
export function LiveRefresh({ topic, stay = false }: { topic: LiveTopic; stay?: boolean }) {
  const router = useRouter();
  const [connection, setConnection] = useState<Connection>('connecting');
  const address = `/api/live?topic=${encodeURIComponent(writeLiveTopic(topic))}`;

  useEffect(() => {
    const refresh = async () => {
      if (!stay || (await mayRefresh(address))) router.refresh();
    };
    // What changed after the server had drawn the page and before the stream stood was told to nobody. A page that sends knows
    // its own files, and is asked for no oftener than it must.
    return listenWhileVisible(address, () => void refresh(), setConnection, !stay);
  }, [address, router, stay]);

  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-muted" data-live={connection} title="This page updates by itself.">
      <span aria-hidden="true" className={`size-1.5 rounded-full ${connection === 'live' ? 'bg-success' : 'bg-warning'}`} />
      {WORDS[connection]}
    </span>
  );
}
