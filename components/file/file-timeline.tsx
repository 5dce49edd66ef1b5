import { FILE_ACTOR_LABELS, type FileTimelineEntry } from '@/domain/file-view';
import { DateTime } from '../ui/date-time';

/** What happened to a file, from the audit log, oldest first. */
export function FileTimeline({ entries }: { readonly entries: readonly FileTimelineEntry[] }) {
  if (entries.length === 0) return <p className="text-sm text-muted">Nothing is recorded yet.</p>;
  return (
    <ol aria-label="History of the file">
      {entries.map((entry) => (
        <li key={entry.seq} className="relative border-l pb-4 pl-5 last:pb-0">
          <span aria-hidden className="absolute top-2 -left-1 size-2 rounded-full bg-field" />
          <p>{entry.text}</p>
          <p className="text-sm text-muted">
            <DateTime iso={entry.at} seconds /> · {FILE_ACTOR_LABELS[entry.by]}
          </p>
        </li>
      ))}
    </ol>
  );
}
