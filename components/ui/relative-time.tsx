'use client';

import { formatDateTime, formatRelative, formatTimeLeft } from '@/lib/format/time';
import { useNow } from './use-now';

export type RelativeTimeProps = {
  /** ISO 8601. */
  readonly iso: string;
  /** `relative` (default) says "3 minutes ago", `left` says "6 d 4 h left". */
  readonly form?: 'relative' | 'left';
  readonly className?: string;
};

/** A time for reading; the exact one, with its zone, is in the title and in print. */
export function RelativeTime({ iso, form = 'relative', className }: RelativeTimeProps) {
  const now = useNow();
  return (
    <time dateTime={iso} title={formatDateTime(iso)} className={className}>
      <span className="print:hidden" suppressHydrationWarning>
        {form === 'left' ? formatTimeLeft(iso, now) : formatRelative(iso, now)}
      </span>
      <span className="hidden print:inline">{formatDateTime(iso)}</span>
    </time>
  );
}
