import { formatDateTime, formatDateTimeSeconds } from '@/lib/format/time';

/** An exact time in UTC, for timelines and documents. `iso` is ISO 8601. */
export function DateTime({ iso, seconds = false }: { readonly iso: string; readonly seconds?: boolean }) {
  return (
    <time dateTime={iso} className="sm:whitespace-nowrap">
      {seconds ? formatDateTimeSeconds(iso) : formatDateTime(iso)}
    </time>
  );
}
