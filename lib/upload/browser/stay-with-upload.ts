import type { UploadQueue } from '../engine';

/**
 * While something is being sent: keeps the screen awake where the browser can, and warns before the page is left.
 * @returns how to stop
 */
export function stayWithUpload(queue: UploadQueue): () => void {
  let lock: WakeLockSentinel | null = null;
  let isAsking = false;

  const keepAwake = async () => {
    const isWanted = queue.getSnapshot().isBusy && document.visibilityState === 'visible';
    if (isWanted && lock === null && !isAsking && 'wakeLock' in navigator) {
      isAsking = true;
      lock = await navigator.wakeLock.request('screen').catch(() => null);
      isAsking = false;
      // The browser takes the lock away when the page is hidden.
      lock?.addEventListener('release', () => (lock = null));
    }
    if (!queue.getSnapshot().isBusy) await lock?.release().catch(() => undefined);
  };
  const update = () => void keepAwake();
  const warn = (event: BeforeUnloadEvent) => {
    if (queue.getSnapshot().isBusy) event.preventDefault();
  };

  const unsubscribe = queue.subscribe(update);
  document.addEventListener('visibilitychange', update);
  window.addEventListener('beforeunload', warn);
  return () => {
    unsubscribe();
    document.removeEventListener('visibilitychange', update);
    window.removeEventListener('beforeunload', warn);
    void lock?.release().catch(() => undefined);
  };
}
