import { createBrowserUploadQueue } from '@/lib/upload/browser/create-browser-upload-queue';
import { stayWithUpload } from '@/lib/upload/browser/stay-with-upload';
import { tellWhenDone } from '@/lib/upload/browser/tell-when-done';
import { type UploadQueue } from '@/lib/upload/engine';

const queues = new Map<string, UploadQueue>();

/**
 * The queue of a case in this tab: one, however often its page is left and opened again, so that sending goes on while other
 * pages of the portal are read. What the device remembers is brought back at the first call.
 */
export function uploadQueueOf(reference: string): UploadQueue {
  const known = queues.get(reference);
  if (known) return known;
  const queue = createBrowserUploadQueue(reference);
  queues.set(reference, queue);
  stayWithUpload(queue);
  tellWhenDone(queue, reference);
  void queue.restore();
  return queue;
}
