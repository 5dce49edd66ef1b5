import { groupDigits } from '@/domain/words';

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** A size for people: `1 byte`, `812 bytes`, `1.4 MiB`, `32 MiB`; 1024 bytes a KiB. At most one decimal, none from 100 up. */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes) || bytes < 0) return 'unknown size';
  if (bytes === 1) return '1 byte';
  let value = bytes;
  let unit = 0;
  while (value >= 1023.95 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const shown = unit === 0 ? String(Math.round(value)) : value >= 99.95 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
  return `${shown} ${UNITS[unit]}`;
}

/** The exact size: `1,468,006 bytes`. */
export function formatExactBytes(bytes: number): string {
  return bytes === 1 ? '1 byte' : `${groupDigits(Math.round(bytes))} bytes`;
}
