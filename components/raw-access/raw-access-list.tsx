import { type ReactNode } from 'react';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { RAW_ACCESS_END_WORDS, RAW_ACCESS_STATE_LABELS, type RawAccessFile, type RawAccessState, type RawAccessView } from '@/domain/raw-access';
import { formatBytes } from '@/lib/format/bytes';
import { Badge } from '../ui/badge';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { RelativeTime } from '../ui/relative-time';
import { type Tone } from '../ui/tone';

const TONES: Readonly<Record<RawAccessState, Tone>> = { asked: 'warning', granted: 'danger', refused: 'neutral', revoked: 'neutral', ended: 'neutral' };

export type RawAccessListProps<T extends RawAccessView> = {
  readonly items: readonly T[];
  readonly heading: (item: T) => ReactNode;
  /** Further facts of one grant. */
  readonly more?: (item: T) => readonly { readonly term: string; readonly details: ReactNode }[];
  readonly fileAction?: (item: T, file: RawAccessFile) => ReactNode;
  readonly actionsFor?: (item: T) => ReactNode;
};

/** Grants of raw access, each with its reason, its hours and every read. */
export function RawAccessList<T extends RawAccessView>({ items, heading, more, fileAction, actionsFor }: RawAccessListProps<T>) {
  return (
    <ul className="divide-y">
      {items.map((item) => (
        <li key={item.id} className="px-4 py-3" data-grant={item.id}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
            {heading(item)} <Badge tone={TONES[item.state]}>{RAW_ACCESS_STATE_LABELS[item.state]}</Badge>
          </p>
          <DescriptionList
            items={[
              ...(more?.(item) ?? []),
              { term: 'Why', details: <span className="whitespace-pre-wrap">{item.reason}</span> },
              { term: 'When', details: <When item={item} /> },
              {
                term: 'Files',
                details: (
                  <ul className="space-y-2">
                    {item.files.map((file) => (
                      <li key={file.fileId}>
                        <p className="wrap-anywhere">
                          {file.name ?? 'A file whose name is erased'} <span className="text-sm text-muted">{FILE_KIND_LABELS[file.kind]}{file.sizeBytes === null ? '' : `, ${formatBytes(file.sizeBytes)} in storage`}</span>
                        </p>
                        <p className="text-sm text-muted">{readWords(file)}{file.readAt ? <> <DateTime iso={file.readAt} seconds /></> : null}</p>
                        {fileAction?.(item, file)}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
          {actionsFor ? <div className="mt-2 flex flex-wrap gap-2">{actionsFor(item)}</div> : null}
        </li>
      ))}
    </ul>
  );
}

function When({ item }: { readonly item: RawAccessView }) {
  const hours = item.hours === 1 ? 'one hour' : `${item.hours} hours`;
  if (item.approvedAt === null || item.endsAt === null) {
    return <>Asked for <RelativeTime iso={item.createdAt} />, for {hours}</>;
  }
  return (
    <>
      From <DateTime iso={item.approvedAt} /> for {hours}, until <DateTime iso={item.endsAt} />
      {item.endedBecause && item.endedBecause !== 'time' ? <span className="text-sm text-muted"> {RAW_ACCESS_END_WORDS[item.endedBecause]}</span> : null}
    </>
  );
}

function readWords({ readAt, deliveredBytes, isWhole }: RawAccessFile): string {
  if (readAt === null) return 'Not read.';
  if (deliveredBytes === null) return 'A read began; its end was not recorded yet.';
  return isWhole ? `Read whole, ${formatBytes(deliveredBytes)}.` : `Read in part, ${formatBytes(deliveredBytes)}, then broken off.`;
}
