import { describe, expect, it } from 'vitest';
import type { QueueSnapshot } from '../snapshot';
import { tellWhenDone } from './tell-when-done';

function world({ isHidden = true, isAllowed = true } = {}) {
  const shown: string[] = [];
  let listener: () => void = () => undefined;
  let snapshot = { files: [{ phase: 'sending' }], isBusy: true } as unknown as QueueSnapshot;
  const queue = { subscribe: (heard: () => void) => ((listener = heard), () => (listener = () => undefined)), getSnapshot: () => snapshot };
  const stop = tellWhenDone(queue as never, 'AL-7K3M-Q2ZD', { isHidden: () => isHidden, isAllowed: () => isAllowed, show: (title, body) => shown.push(`${title}. ${body}`) });
  const become = (phases: string[], isBusy: boolean) => {
    snapshot = { files: phases.map((phase) => ({ phase })), isBusy } as unknown as QueueSnapshot;
    listener();
  };
  return { shown, become, stop };
}

describe('the notice that sending is done', () => {
  it('comes once, when the last file is over and the page is hidden', () => {
    const { shown, become } = world();
    become(['stored', 'sending'], true);
    become(['stored', 'stored'], false);
    become(['stored', 'stored'], false);
    expect(shown).toEqual(['Sending is done. Case AL-7K3M-Q2ZD: 2 files are stored.']);
  });

  it('says that something needs the person', () => {
    const { shown, become } = world();
    become(['stored', 'failed'], false);
    expect(shown).toEqual(['Sending needs you. Case AL-7K3M-Q2ZD: 1 of 2 files could not be sent. Nothing is lost.']);
  });

  it('does not come to somebody who looks on, who did not allow it, who only paused, or after the end', () => {
    for (const { shown, become } of [world({ isHidden: false }), world({ isAllowed: false })]) {
      become(['stored'], false);
      expect(shown).toEqual([]);
    }
    const paused = world();
    paused.become(['paused'], false);
    const stopped = world();
    stopped.stop();
    stopped.become(['stored'], false);
    expect([...paused.shown, ...stopped.shown]).toEqual([]);
  });
});
