'use client';

import { useState, useSyncExternalStore } from 'react';
import { type UploadQueue } from '@/lib/upload/engine';
import { type QueueSnapshot } from '@/lib/upload/snapshot';
import { uploadQueueOf } from './upload-queues';

const NOTHING: QueueSnapshot = { files: [], isBusy: false, isSignedOut: false, isRestored: false };
const never = () => () => undefined;

/** The upload queue of a case and what it shows now; null while the page is made on the server. */
export function useUploadQueue(reference: string): { queue: UploadQueue | null; snapshot: QueueSnapshot } {
  const [queue] = useState(() => (typeof window === 'undefined' ? null : uploadQueueOf(reference)));
  const snapshot = useSyncExternalStore(queue?.subscribe ?? never, queue?.getSnapshot ?? (() => NOTHING), () => NOTHING);
  return { queue, snapshot };
}
