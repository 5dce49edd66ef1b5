import { type FileView } from '@/domain/file-view';
import { groupDigits } from '@/domain/words';
import { formatBytes } from '@/lib/format/bytes';
import { Bytes } from '../ui/bytes';
import { CopyButton } from '../ui/copy-button';
import { DateTime } from '../ui/date-time';
import { type Description, DescriptionList } from '../ui/description-list';

/** What is known of a file: sizes, segments, hash, times. */
export function FileFacts({ file }: { readonly file: FileView }) {
  const items: Description[] = [
    { term: 'Kind', details: file.kindLabel },
    { term: 'Size', details: <Bytes value={file.rawSizeBytes} /> },
    ...(file.sizeBytes === null ? [] : [{ term: 'In storage', details: <><Bytes value={file.sizeBytes} />{savedWords(file)}</> }]),
    { term: 'Segments', details: segmentWords(file) },
    ...(file.sha256 === null ? [] : [{ term: 'SHA-256', details: <Hash value={file.sha256} isGzip={file.encoding === 'gzip'} /> }]),
    { term: 'Begun', details: <DateTime iso={file.reservedAt} /> },
    ...(file.storedAt === null ? [] : [{ term: 'Stored', details: <DateTime iso={file.storedAt} /> }]),
    ...(file.verifiedAt === null ? [] : [{ term: 'Verified', details: <DateTime iso={file.verifiedAt} /> }]),
    ...(file.goneAt === null ? [] : [{ term: 'Seen to be gone', details: <DateTime iso={file.goneAt} /> }]),
  ];
  return <DescriptionList items={items} />;
}

function Hash({ value, isGzip }: { readonly value: string; readonly isGzip: boolean }) {
  return (
    <span className="block space-y-1">
      <code className="block font-mono text-[0.8125rem] break-all">{value}</code>
      <span className="block text-sm text-muted">{isGzip ? 'Of the .gz file as you have it.' : 'Of the whole file as you have it, read back from storage.'} Compare it with what sha256sum says.</span>
      <CopyButton text={value} label="Copy" />
    </span>
  );
}

function savedWords({ rawSizeBytes, sizeBytes }: FileView): string {
  if (rawSizeBytes === null || sizeBytes === null || rawSizeBytes === 0 || sizeBytes >= rawSizeBytes) return '';
  return `, ${Math.min(99, Math.round((1 - sizeBytes / rawSizeBytes) * 100))} % saved by compression`;
}

function segmentWords({ isSingleObject, segmentCount, storedSegments, segmentBytes, rawSizeBytes }: FileView): string {
  if (isSingleObject) return storedSegments > 0 ? 'One object' : 'One object, not stored yet';
  const size = `of ${formatBytes(segmentBytes)}`;
  if (segmentCount !== null) return segmentCount === 1 ? 'One' : `${groupDigits(segmentCount)} ${size} each; the last may be shorter`;
  const expected = rawSizeBytes === null ? null : Math.max(1, Math.ceil(rawSizeBytes / segmentBytes));
  return expected === null ? `${groupDigits(storedSegments)} stored, ${size} each` : `${groupDigits(storedSegments)} of ${groupDigits(expected)} stored, ${size} each`;
}
