import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type ReceiptPayload } from '@/domain/receipt';
import { count, groupDigits } from '@/domain/words';
import { formatBytes, formatExactBytes } from '@/lib/format/bytes';
import { DataTable } from '../ui/data-table';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';

const mono = (value: string) => <code className="font-mono text-[0.8125rem] break-all">{value}</code>;
const size = (bytes: number) => `${formatBytes(bytes)} (${formatExactBytes(bytes)})`;

/** A receipt for reading and printing: everything that is signed. `name` is the file's, where it still has one; it is not signed. */
export function ReceiptDocument({ receipt, name }: { readonly receipt: ReceiptPayload; readonly name: string | null }) {
  const days = count(receipt.retentionDays, 'day', 'days');
  return (
    <div className="space-y-6">
      <DescriptionList
        items={[
          ...(name === null ? [] : [{ term: 'File', details: <span className="wrap-anywhere">{name} <span className="text-sm text-muted">(its name is not in the signed receipt)</span></span> }]),
          { term: 'SHA-256', details: <>{mono(receipt.rawSha256)}<span className="block text-sm text-muted">{receipt.encoding === 'gzip' ? 'of the .gz file, as it was sent' : 'of the whole file, as its sender has it'}</span></> },
          { term: 'Size', details: size(receipt.rawSizeBytes) },
          { term: 'In storage', details: `${size(receipt.sizeBytes)} in ${receipt.segments.length === 1 ? 'one segment' : `${groupDigits(receipt.segments.length)} segments`}` },
          { term: 'Kind', details: FILE_KIND_LABELS[receipt.kind] },
          { term: 'Case', details: mono(receipt.caseReference) },
          { term: 'Received by', details: <>{receipt.vendor}<span className="block text-sm wrap-anywhere text-muted">{receipt.portalUrl}</span></> },
          { term: 'Begun', details: <DateTime iso={receipt.reservedAt} seconds /> },
          { term: 'Stored', details: <DateTime iso={receipt.storedAt} seconds /> },
          { term: 'Verified', details: <DateTime iso={receipt.verifiedAt} seconds /> },
          { term: 'Erased by', details: <><DateTime iso={receipt.dueAt} seconds /> ({days} after it was stored)</> },
          { term: 'Receipt', details: mono(receipt.receiptId) },
          { term: 'Issued', details: <DateTime iso={receipt.issuedAt} seconds /> },
          { term: 'File id', details: mono(receipt.fileId) },
          { term: 'Signed with key', details: mono(receipt.keyId) },
        ]}
      />
      <SegmentTable receipt={receipt} />
    </div>
  );
}

/** Printed and open where it is short; a long one opens on demand. */
const SHORT = 8;

function SegmentTable({ receipt: { segments } }: { readonly receipt: ReceiptPayload }) {
  return (
    <details open={segments.length <= SHORT} className="rounded border">
      <summary className="min-h-6 px-4 py-2 font-medium">Segments ({groupDigits(segments.length)})</summary>
      <DataTable
        caption="Segments of the file"
        narrow="scroll"
        dense
        rows={segments}
        rowKey={({ index }) => String(index)}
        columns={[
          { key: 'index', header: 'No.', isRowHeader: true, cell: ({ index }) => index },
          { key: 'raw', header: 'Slice of the file', cell: ({ rawSizeBytes, rawSha256 }) => <>{formatExactBytes(rawSizeBytes)}<br />{mono(rawSha256)}</> },
          { key: 'stored', header: 'Object in storage', cell: ({ sizeBytes, sha256 }) => <>{formatExactBytes(sizeBytes)}<br />{mono(sha256)}</> },
        ]}
      />
    </details>
  );
}
