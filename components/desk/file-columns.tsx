import Link from 'next/link';
import { type DeskFileItem, type DeskFileQuery, deskFilesHref, type DeskFileSort } from '@/domain/desk-files';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { FileStateBadge } from '../file/file-state-badge';
import { Bytes } from '../ui/bytes';
import { type Column } from '../ui/data-table';
import { RelativeTime } from '../ui/relative-time';
import { FileName } from './file-name';
import { SortLink } from './sort-link';

const DIRECTION: Readonly<Record<DeskFileSort, 'ascending' | 'descending'>> = { changed: 'descending', due: 'ascending', size: 'descending', age: 'ascending' };

/** Where a file stands on the page of its case. */
export const deskFileHref = (file: Pick<DeskFileItem, 'id' | 'caseReference'>) => `/desk/cases/${file.caseReference}#file-${file.id}`;

/** The columns of the list of files; the headers that order it keep the filters. */
export function fileColumns(query: DeskFileQuery): Column<DeskFileItem>[] {
  const sortable = (sort: DeskFileSort, label: string) => ({
    header: (
      <SortLink href={deskFilesHref(query, { sort })} isCurrent={query.sort === sort} direction={DIRECTION[sort]}>
        {label}
      </SortLink>
    ),
    stackLabel: label,
    sort: query.sort === sort ? DIRECTION[sort] : undefined,
  });
  return [
    {
      key: 'file',
      header: 'File',
      isRowHeader: true,
      className: 'min-w-48 max-w-md',
      cell: (file) => (
        <Link href={deskFileHref(file)} className="font-medium wrap-anywhere text-accent underline-offset-2 hover:underline">
          <FileName name={file.name} />
        </Link>
      ),
    },
    { key: 'state', header: 'State', cell: (file) => <FileStateBadge state={file.state} reason={file.stateReason} lostAt={file.lostAt} isErasing={file.erasureOrderedAt !== null} /> },
    { key: 'kind', header: 'Kind', cell: (file) => FILE_KIND_LABELS[file.kind] },
    { key: 'size', ...sortable('size', 'Size'), align: 'right', cell: (file) => <Bytes value={file.rawSizeBytes} /> },
    { key: 'due', ...sortable('due', 'Time left'), cell: (file) => (file.dueAt ? <RelativeTime iso={file.dueAt} form="left" className="whitespace-nowrap" /> : <span className="text-muted">no clock</span>) },
    { key: 'age', ...sortable('age', 'Age'), cell: (file) => <RelativeTime iso={file.reservedAt} className="whitespace-nowrap" /> },
    {
      key: 'case',
      header: 'Case and organization',
      className: 'max-w-64',
      cell: (file) => (
        <>
          <span className="font-mono text-[0.8125rem] whitespace-nowrap">{file.caseReference}</span>
          <span className="block truncate" title={file.caseTitle}>
            {file.caseTitle}
          </span>
          <span className="block truncate text-muted" title={file.organizationName}>
            {file.organizationName}
          </span>
        </>
      ),
    },
    { key: 'changed', ...sortable('changed', 'Changed'), cell: (file) => <RelativeTime iso={file.stateAt} className="whitespace-nowrap text-muted" /> },
  ];
}
