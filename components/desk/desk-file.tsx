import { ChevronRight } from 'lucide-react';
import { type ReactNode } from 'react';
import { type DeskCaseFile } from '@/domain/desk-case';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { FileStateBadge } from '../file/file-state-badge';
import { Bytes } from '../ui/bytes';
import { type Description, DescriptionList } from '../ui/description-list';
import { RelativeTime } from '../ui/relative-time';
import { FileName } from './file-name';
import { Timeline } from './timeline';

function factsOf(file: DeskCaseFile): Description[] {
  const segments = file.segmentCount === null ? `${file.storedSegments} so far` : `${file.storedSegments} of ${file.segmentCount}`;
  return [
    { term: 'Raw size', details: <Bytes value={file.rawSizeBytes} /> },
    { term: 'In storage', details: file.sizeBytes === null ? 'not stored yet' : <Bytes value={file.sizeBytes} /> },
    { term: 'Segments stored', details: segments },
    ...(file.sha256 ? [{ term: 'SHA-256, raw', details: <code className="font-mono text-xs break-all">{file.sha256}</code> }] : []),
    { term: 'File id', details: <code className="font-mono text-xs break-all">{file.id}</code> },
  ];
}

/** One file of a case on the desk: a line that opens to its facts, what can be done about it, and its timeline. Nothing to download (P-NOCOPY). */
export function DeskFile({ file, children }: { readonly file: DeskCaseFile; readonly children?: ReactNode }) {
  return (
    <details id={`file-${file.id}`} data-row-href={`#file-${file.id}`} className="group">
      <summary className="flex list-none flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-sunken [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 flex-none text-muted group-open:rotate-90" />
        <span className="min-w-0 flex-1 basis-52">
          <span className="font-medium wrap-anywhere">
            <FileName name={file.name} />
          </span>
          <span className="block text-sm text-muted">
            {FILE_KIND_LABELS[file.kind]} · <Bytes value={file.rawSizeBytes} /> · <RelativeTime iso={file.reservedAt} />
          </span>
        </span>
        <FileStateBadge state={file.state} reason={file.stateReason} dueAt={file.dueAt} lostAt={file.lostAt} isErasing={file.erasureOrderedAt !== null} />
      </summary>
      <div className="grid gap-x-8 gap-y-4 border-t bg-sunken px-4 py-4 lg:grid-cols-2">
        <div className="min-w-0 space-y-4">
          <DescriptionList items={factsOf(file)} />
          {children}
        </div>
        <Timeline entries={file.timeline} label={`Timeline of ${file.name ?? 'the file'}`} />
      </div>
    </details>
  );
}
