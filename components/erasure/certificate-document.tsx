import { type ReactNode } from 'react';
import { type ErasedFile, type ErasureCertificatePayload } from '@/domain/erasure';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { count } from '@/domain/words';
import { formatBytes, formatExactBytes } from '@/lib/format/bytes';
import { DataTable } from '../ui/data-table';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';

const mono = (text: string) => <span className="font-mono text-[0.8125rem] wrap-anywhere">{text}</span>;
const size = (bytes: number) => `${formatBytes(bytes)} (${formatExactBytes(bytes)})`;
const time = (iso: string) => <DateTime iso={iso} seconds />;

/** A certificate of erasure as it was signed. */
export function CertificateDocument({ content }: { readonly content: ErasureCertificatePayload }) {
  const { totals, strays } = content;
  return (
    <div className="space-y-4">
      <DescriptionList
        items={[
          { term: 'What was ordered', details: content.scope === 'case' ? 'Everything of the case' : 'One file' },
          { term: 'Ordered', details: time(content.orderedAt) },
          { term: 'Last seen', details: content.lastSeenAt === null ? 'Nothing was in storage' : time(content.lastSeenAt) },
          { term: 'Verified absent', details: time(content.verifiedAbsentAt) },
          { term: 'What was there', details: `${count(totals.files, 'file', 'files')}, ${count(totals.segments, 'segment', 'segments')}, ${count(totals.versions, 'stored version', 'stored versions')}` },
          { term: 'Size', details: size(totals.rawSizeBytes) },
          { term: 'In storage', details: size(totals.sizeBytes) },
          ...(strays.versions === 0 ? [] : [{ term: 'Beside the files', details: `${count(strays.versions, 'stored version', 'stored versions')}, ${formatExactBytes(strays.bytes)}` }]),
          { term: 'Stopped', details: `${count(content.runsCancelled, 'analysis', 'analyses')}, ${count(content.keysEnded, 'upload key', 'upload keys')}; ${count(content.outputs, 'result', 'results')} emptied` },
          { term: 'Still possible', details: <Urls content={content} /> },
          { term: 'Case', details: mono(content.caseReference) },
          { term: 'Erased by', details: <>{content.vendor}<span className="block text-sm wrap-anywhere text-muted">{content.portalUrl}</span></> },
          { term: 'Order', details: mono(content.orderId) },
          { term: 'Certificate', details: <>{mono(content.certificateId)}<span className="block text-sm text-muted">Edition {content.edition}{content.isFinal ? ', final' : ''}</span></> },
          { term: 'Issued', details: time(content.issuedAt) },
          { term: 'Signed with key', details: mono(content.keyId) },
        ]}
      />
      {content.files.length === 0 ? null : <FileTable files={content.files} />}
    </div>
  );
}

/** What a URL that was issued before the order could do, and how that ended. */
function Urls({ content: { urlsEndAt, isFinal, lookedAgainAt, files } }: { readonly content: ErasureCertificatePayload }): ReactNode {
  if (urlsEndAt === null) return 'No URL that was issued before the order was in force within the hour before.';
  if (!isFinal || lookedAgainAt === null) {
    return <>URLs issued before the order end at {time(urlsEndAt)}. Until they have, the portal looks again each minute and deletes what they write. The second edition of this certificate says how that ended.</>;
  }
  const late = files.reduce((sum, file) => sum + (file.late?.versions ?? 0), 0);
  return <>URLs issued before the order ended at {time(urlsEndAt)}. The portal looked again until {time(lookedAgainAt)}. {late === 0 ? 'Nothing was written.' : `${count(late, 'version was', 'versions were')} written, and deleted as well.`}</>;
}

function FileTable({ files }: { readonly files: readonly ErasedFile[] }) {
  return (
    <DataTable
      caption="Files that were erased"
      narrow="scroll"
      dense
      rows={files}
      rowKey={({ fileId }) => fileId}
      columns={[
        { key: 'kind', header: 'File', isRowHeader: true, className: 'min-w-44 print:min-w-0', cell: ({ kind, fileId }) => <>{FILE_KIND_LABELS[kind]}<br />{mono(fileId)}</> },
        { key: 'size', header: 'Size', cell: ({ rawSizeBytes, segments }) => <>{rawSizeBytes === null ? 'not sent to its end' : formatExactBytes(rawSizeBytes)}<br />{count(segments.length, 'segment', 'segments')}</> },
        { key: 'found', header: 'Found', cell: ({ found, late, expiredAt }) => <>{expiredAt === undefined ? null : <>erased on its date, {time(expiredAt)}<br /></>}{count(found.versions, 'version', 'versions')}, {formatExactBytes(found.bytes)}{late ? <><br />{count(late.versions, 'version', 'versions')} later, deleted</> : null}</> },
        { key: 'hash', header: 'SHA-256', className: 'min-w-44 print:min-w-0', cell: ({ rawSha256, segments }) => (rawSha256 ? mono(rawSha256) : segments.length === 0 ? 'nothing was seen in storage' : 'of each segment, in the JSON') },
        { key: 'absent', header: 'Verified absent', cell: ({ verifiedAbsentAt }) => time(verifiedAbsentAt) },
      ]}
    />
  );
}
