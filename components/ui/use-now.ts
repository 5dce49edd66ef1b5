'use client';

import { useSyncExternalStore } from 'react';

const TICK_MILLISECONDS = 20_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current = 0;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    listeners.forEach((each) => each());
  }, TICK_MILLISECONDS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === undefined) return;
    clearInterval(timer);
    timer = undefined;
    current = 0;
  };
}

function read(): number {
  if (current === 0) current = Date.now();
  return current;
}

/** The server has the time of its request; in the browser the value has to stay the same while the page hydrates. */
function readForHydration(): number {
  return typeof window === 'undefined' ? Date.now() : read();
}

/** Milliseconds since the epoch, moving every 20 s; one timer for the whole page. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, readForHydration);
}
