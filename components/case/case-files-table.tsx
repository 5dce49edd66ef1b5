import { FileQuestion } from 'lucide-react';
import Link from 'next/link';
import { type FileView } from '@/domain/file-view';
import { formatBytes } from '@/lib/format/bytes';
import { FileStateBadge } from '../file/file-state-badge';
import { daysInWords } from '../retention/extension-list';
import { Bytes } from '../ui/bytes';
import { DataTable } from '../ui/data-table';
import { EmptyState } from '../ui/empty-state';
import { RelativeTime } from '../ui/relative-time';

export type CaseFilesTableProps = { readonly reference: string; readonly files: readonly FileView[]; readonly maySend: boolean };

/** The files of a case: state, size, receipt and the days left. */
export function CaseFilesTable({ reference, files, maySend }: CaseFilesTableProps) {
  return (
    <DataTable
      caption="Files of this case"
      rows={files}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/cases/${reference}/files/${id}`}
      empty={<NoFiles maySend={maySend} />}
      columns={[
        {
          key: 'file',
          header: 'File',
          isRowHeader: true,
          className: 'text-left md:min-w-56',
          cell: (file) => (
            <>
              <Link href={`/cases/${reference}/files/${file.id}`} className="link font-medium wrap-anywhere">
                {fileTitle(file)}
              </Link>
              <span className="block text-sm text-muted">{file.kindLabel}</span>
            </>
          ),
        },
        { key: 'state', header: 'State', cell: (file) => <StateCell file={file} reference={reference} maySend={maySend} /> },
        { key: 'size', header: 'Size', align: 'right', cell: (file) => <Bytes value={file.rawSizeBytes} /> },
        { key: 'begun', header: 'Begun', cell: (file) => <RelativeTime iso={file.reservedAt} className="whitespace-nowrap" /> },
        {
          key: 'receipt',
          header: 'Receipt',
          cell: (file) =>
            file.receiptUrl ? (
              <Link className="link inline-block min-h-6 whitespace-nowrap" href={file.receiptUrl} aria-label={`Receipt of ${fileTitle(file)}`}>
                Receipt
              </Link>
            ) : (
              <span className="text-muted">{file.state === 'stored' ? 'once it is verified' : 'none'}</span>
            ),
        },
      ]}
    />
  );
}

/** The name of a file, or what is left to say of one that is gone. */
export function fileTitle({ name, kind, kindLabel, goneAt }: Pick<FileView, 'name' | 'kind' | 'kindLabel' | 'goneAt'>): string {
  return name ?? `${kind === 'other' ? 'File' : kindLabel}, ${goneAt === null ? 'being erased' : 'erased'}`;
}

function StateCell({ file, reference, maySend }: { readonly file: FileView; readonly reference: string; readonly maySend: boolean }) {
  const isUnfinished = (file.state === 'reserved' || file.state === 'uploading') && file.erasureOrderedAt === null;
  return (
    <>
      <FileStateBadge state={file.state} reason={file.stateReason} dueAt={file.dueAt} lostAt={file.lostAt} isErasing={file.erasureOrderedAt !== null} />
      {file.extendedDays > 0 && file.dueAt ? <span className="block text-sm text-muted">kept {daysInWords(file.extendedDays)} longer, with notice</span> : null}
      {isUnfinished ? (
        <span className="block text-sm text-muted">
          {formatBytes(file.storedRawBytes)}
          {file.rawSizeBytes === null ? '' : ` of ${formatBytes(file.rawSizeBytes)}`} stored
          {maySend ? (
            <>
              {' · '}
              <Link className="link inline-block min-h-6" href={`/cases/${reference}/files/new`}>
                Go on sending
              </Link>
            </>
          ) : null}
        </span>
      ) : null}
    </>
  );
}

function NoFiles({ maySend }: { readonly maySend: boolean }) {
  return (
    <EmptyState icon={FileQuestion} title="Nothing was sent yet">
      <p>
        {maySend ? 'What helps most is a heap dump for memory problems, and the logs of the hour in which it happened.' : 'Files come after the steps above.'} Where they lie and how to make them:{' '}
        <Link className="link" href="/guides/take-a-heap-dump">
          take a heap dump
        </Link>
        ,{' '}
        <Link className="link" href="/guides/collect-logs">
          collect logs
        </Link>
        ,{' '}
        <Link className="link" href="/guides/prepare-a-database-backup">
          prepare a database backup
        </Link>
        .
      </p>
    </EmptyState>
  );
}
