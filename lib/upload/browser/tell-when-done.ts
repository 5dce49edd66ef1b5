import type { UploadQueue } from '../engine';

/** What this needs of the page; the browser's own by default. */
export interface NoticeHost {
  isHidden(): boolean;
  /** Shows a notice of the system; only called where that is allowed. */
  show(title: string, body: string): void;
  isAllowed(): boolean;
}

const browserHost: NoticeHost = {
  isHidden: () => document.visibilityState === 'hidden',
  isAllowed: () => 'Notification' in window && Notification.permission === 'granted',
  show: (title, body) => {
    try {
      const notice = new Notification(title, { body, tag: 'airlock-sending' });
      notice.onclick = () => window.focus();
    } catch {
      // Chromium on Android has the constructor and refuses it (Notifications API, section 2.4): then nothing is shown.
    }
  },
};

/**
 * Tells by a notice of the system that sending has ended, where the person allowed it and is looking elsewhere. It names no file: a
 * notice can be read over a shoulder. @returns how to stop
 */
export function tellWhenDone(queue: Pick<UploadQueue, 'subscribe' | 'getSnapshot'>, caseReference: string, host: NoticeHost = browserHost): () => void {
  let wasBusy = queue.getSnapshot().isBusy;
  return queue.subscribe(() => {
    const { files, isBusy } = queue.getSnapshot();
    const hasEnded = wasBusy && !isBusy;
    wasBusy = isBusy;
    if (!hasEnded || !host.isHidden() || !host.isAllowed()) return;
    const count = (phase: string) => files.filter((file) => file.phase === phase).length;
    const [stored, failed] = [count('stored'), count('failed')];
    if (failed > 0) host.show('Sending needs you', `Case ${caseReference}: ${failed} of ${files.length} files could not be sent. Nothing is lost.`);
    else if (stored > 0) host.show('Sending is done', `Case ${caseReference}: ${stored === 1 ? '1 file is' : `${stored} files are`} stored.`);
  });
}

/** Whether the person can still be asked; asking is for a click alone. */
export function canAskForNotices(): boolean {
  return typeof window !== 'undefined' && 'Notification' in window && Notification.permission === 'default';
}

/** Asks; true where it was allowed. */
export async function askForNotices(): Promise<boolean> {
  return (await Notification.requestPermission().catch(() => 'denied')) === 'granted';
}
