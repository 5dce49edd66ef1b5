import { formatBytes, formatExactBytes } from '@/lib/format/bytes';

/** A size in human units, with the exact bytes in the title. Null reads "unknown". */
export function Bytes({ value }: { readonly value: number | null }) {
  if (value === null) return <span className="text-muted">unknown</span>;
  return (
    <data value={value} title={formatExactBytes(value)} className="whitespace-nowrap">
      {formatBytes(value)}
    </data>
  );
}
