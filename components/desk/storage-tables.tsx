import { Check, PackageSearch } from 'lucide-react';
import Link from 'next/link';
import { type LostFileView, type UnannouncedView } from '@/domain/storage-view';
import { Bytes } from '../ui/bytes';
import { type Column, DataTable } from '../ui/data-table';
import { DateTime } from '../ui/date-time';
import { EmptyState } from '../ui/empty-state';
import { RelativeTime } from '../ui/relative-time';
import { FileName } from './file-name';

/** The key of an object is text from outside: made safe before, isolated, and broken anywhere. */
function ObjectKey({ value }: { readonly value: string | null }) {
  if (value === null) return <span className="text-muted italic">key erased with the object</span>;
  return (
    <bdi>
      <code className="font-mono text-[0.8125rem] break-all">{value}</code>
    </bdi>
  );
}

const facts: Column<UnannouncedView>[] = [
  { key: 'key', header: 'Key', isRowHeader: true, className: 'text-left md:min-w-64', cell: ({ key }) => <ObjectKey value={key} /> },
  { key: 'case', header: 'Case named in it', cell: ({ caseReference }) => (caseReference ? <span className="font-mono text-[0.8125rem] whitespace-nowrap">{caseReference}</span> : <span className="text-muted">none</span>) },
  { key: 'size', header: 'Size', align: 'right', cell: ({ sizeBytes }) => <Bytes value={sizeBytes} /> },
  { key: 'versions', header: 'Versions', align: 'right', cell: ({ versionCount }) => versionCount },
  { key: 'seen', header: 'First seen', cell: ({ firstSeenAt }) => <RelativeTime iso={firstSeenAt} className="whitespace-nowrap" /> },
];

/** Objects in the bucket that nobody announced, those that go first on top. */
export function UnannouncedTable({ objects }: { readonly objects: readonly UnannouncedView[] }) {
  return (
    <DataTable
      caption="Unannounced objects"
      dense
      rows={objects}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={Check} title="Nothing unannounced">Every object in the bucket belongs to a file that was announced.</EmptyState>}
      columns={[...facts, { key: 'due', header: 'Erased on', cell: ({ dueAt }) => <DateTime iso={dueAt} /> }]}
    />
  );
}

/** The latest that were erased. Nothing where there is none. */
export function ErasedObjectsTable({ objects }: { readonly objects: readonly UnannouncedView[] }) {
  return <DataTable caption="Unannounced objects that were erased" dense rows={objects} rowKey={({ id }) => id} columns={[...facts, { key: 'erased', header: 'Erased and seen to be absent', cell: ({ erasedAt }) => (erasedAt ? <DateTime iso={erasedAt} /> : null) }]} />;
}

/** Held files of which a part vanished. */
export function LostFilesTable({ files }: { readonly files: readonly LostFileView[] }) {
  return (
    <DataTable
      caption="Lost files"
      dense
      rows={files}
      rowKey={({ id }) => id}
      empty={<EmptyState icon={PackageSearch} title="Nothing lost">Every file that is held is whole in storage.</EmptyState>}
      columns={[
        {
          key: 'file',
          header: 'File',
          isRowHeader: true,
          className: 'text-left md:min-w-48',
          cell: ({ id, name, caseReference }) => (
            <Link className="link inline-block min-h-6 font-medium wrap-anywhere" href={`/desk/cases/${caseReference}#file-${id}`}>
              <FileName name={name} />
            </Link>
          ),
        },
        { key: 'case', header: 'Case', cell: ({ caseReference }) => <span className="font-mono text-[0.8125rem] whitespace-nowrap">{caseReference}</span> },
        { key: 'lost', header: 'Seen to be lost', cell: ({ lostAt }) => <RelativeTime iso={lostAt} className="whitespace-nowrap" /> },
        { key: 'due', header: 'The rest is erased', cell: ({ dueAt }) => (dueAt ? <DateTime iso={dueAt} /> : <span className="text-muted">with the file</span>) },
      ]}
    />
  );
}
