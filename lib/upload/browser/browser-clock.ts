import type { Clock, Connectivity } from '../ports';

/** The page's monotonic clock and timers. */
export const browserClock: Clock = {
  now: () => performance.now(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** `navigator.onLine` and the window's event. */
export const browserConnectivity: Connectivity = {
  isOnline: () => navigator.onLine,
  onOnline(listener) {
    window.addEventListener('online', listener);
    return () => window.removeEventListener('online', listener);
  },
};
