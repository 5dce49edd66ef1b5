import { formatBytes } from './bytes';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * A length of time in its two largest units: `under 1 s`, `45 s`, `3 min 20 s`, `1 h 5 min`, `2 d 3 h`. Rounded up, so that it never
 * promises an earlier end.
 */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return 'unknown';
  const whole = Math.ceil(seconds);
  if (whole === 0) return 'under 1 s';
  if (whole < MINUTE) return `${whole} s`;
  if (whole < HOUR) return two(whole, MINUTE, 'min', 1, 's');
  const minutes = Math.ceil(whole / MINUTE) * MINUTE;
  if (minutes < DAY) return two(minutes, HOUR, 'h', MINUTE, 'min');
  return two(Math.ceil(whole / HOUR) * HOUR, DAY, 'd', HOUR, 'h');
}

function two(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((seconds % large) / small);
  const whole = `${Math.floor(seconds / large)} ${largeName}`;
  return rest === 0 ? whole : `${whole} ${rest} ${smallName}`;
}

/**
 * What is left of something under way, steady enough to be read: `about 3 min left`. Below a minute by fives, below an hour by whole
 * minutes; null (nothing moves, or nobody knows yet) is `time left not known yet`.
 */
export function formatSecondsLeft(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds) || seconds < 0) return 'time left not known yet';
  if (seconds < 5) return 'a few seconds left';
  if (seconds < MINUTE) return `about ${formatDuration(Math.ceil(seconds / 5) * 5)} left`;
  return `about ${formatDuration(Math.ceil(seconds / MINUTE) * MINUTE)} left`;
}

/** `12.4 MiB/s`; null where nothing moves. */
export function formatSpeed(bytesPerSecond: number | null): string | null {
  return bytesPerSecond === null || !Number.isFinite(bytesPerSecond) || bytesPerSecond < 1 ? null : `${formatBytes(bytesPerSecond)}/s`;
}

/** A share of 0 to 1 as whole per cent, rounded down: `100 %` means all of it. */
export function formatPercent(share: number): string {
  return `${Math.floor(Math.min(1, Math.max(0, share || 0)) * 100 + 1e-9)} %`;
}
