import { type TimelineEntry } from '@/domain/desk-case';
import { lowerFirst } from '@/domain/words';
import { DateTime } from '../ui/date-time';

/** Events in their order, each with its exact time and who did it. */
export function Timeline({ entries, label }: { readonly entries: readonly TimelineEntry[]; readonly label: string }) {
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing is recorded yet.</p>;
  return (
    <ol aria-label={label} className="text-sm">
      {entries.map((entry) => (
        <li key={entry.seq} className="relative border-l pb-3 pl-4 last:pb-0">
          <span aria-hidden className="absolute top-1.5 -left-1 size-2 rounded-full bg-field" />
          <p>{entry.text}</p>
          <p className="text-muted">
            <DateTime iso={entry.at} seconds /> · {entry.byName ? `${entry.byName}, ${lowerFirst(entry.by)}` : entry.by}
          </p>
        </li>
      ))}
    </ol>
  );
}

