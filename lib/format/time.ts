const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const two = (value: number) => String(value).padStart(2, '0');

/** `27 November`-style dates without a locale: `27 Nov 2026`, in UTC. An invalid time gives `unknown`. */
export function formatDate(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
}

/** `27 Nov 2026, 02:20 UTC`: a time that is the same for everybody who reads it. */
export function formatDateTime(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  return `${formatDate(iso)}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())} UTC`;
}

/** `27 Nov 2026, 02:20:07 UTC`, for a timeline. */
export function formatDateTimeSeconds(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return 'unknown';
  return `${formatDate(iso)}, ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} UTC`;
}

const plural = (count: number, unit: string) => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** A span in its largest unit, rounded down: `6 days`, `3 hours`, `12 minutes`, `less than a minute`. */
function span(milliseconds: number): string {
  if (milliseconds < MINUTE) return 'less than a minute';
  if (milliseconds < HOUR) return plural(Math.floor(milliseconds / MINUTE), 'minute');
  if (milliseconds < 2 * DAY) return plural(Math.floor(milliseconds / HOUR), 'hour');
  return plural(Math.floor(milliseconds / DAY), 'day');
}

/** `3 minutes ago`, `in 6 days`, `just now`; `now` in milliseconds since the epoch. */
export function formatRelative(iso: string, now: number): string {
  const at = new Date(iso).getTime();
  if (Number.isNaN(at)) return 'unknown';
  const difference = at - now;
  if (Math.abs(difference) < MINUTE) return 'just now';
  return difference > 0 ? `in ${span(difference)}` : `${span(-difference)} ago`;
}

/**
 * What is left of a clock: `6 d 4 h left`, `3 h 20 min left`, `12 min left`, or `due` once it has run out.
 * Rounded down: it never promises more time than there is.
 */
export function formatTimeLeft(dueAt: string, now: number): string {
  const left = new Date(dueAt).getTime() - now;
  if (Number.isNaN(left)) return 'unknown';
  if (left <= 0) return 'due';
  if (left < MINUTE) return 'under 1 min left';
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min left`;
  if (left < DAY) return `${Math.floor(left / HOUR)} h ${Math.floor((left % HOUR) / MINUTE)} min left`;
  return `${Math.floor(left / DAY)} d ${Math.floor((left % DAY) / HOUR)} h left`;
}
