import { CircleDot } from 'lucide-react';
import Link from 'next/link';
import { type CaseListItem } from '@/domain/case-view';
import { SEVERITY_WORDS } from '@/domain/cases';
import { DataTable } from '../ui/data-table';
import { RelativeTime } from '../ui/relative-time';

/** Cases with what comes next in each. */
export function CaseTable({ caption, cases }: { readonly caption: string; readonly cases: readonly CaseListItem[] }) {
  return (
    <DataTable
      caption={caption}
      rows={cases}
      rowKey={(row) => row.reference}
      rowHref={(row) => `/cases/${row.reference}`}
      columns={[
        {
          key: 'case',
          header: 'Case',
          isRowHeader: true,
          className: 'text-left',
          cell: (row) => (
            <>
              <Link href={`/cases/${row.reference}`} className="link font-medium wrap-anywhere">
                {row.title}
              </Link>
              <span className="block font-mono text-[0.8125rem] text-muted">{row.reference}</span>
            </>
          ),
        },
        { key: 'next', header: 'Next', cell: (row) => <NextWords row={row} /> },
        { key: 'product', header: 'Product', cell: (row) => row.product },
        { key: 'severity', header: 'Severity', cell: (row) => SEVERITY_WORDS[row.severity] },
        { key: 'files', header: 'Files', align: 'right', cell: (row) => row.files },
        { key: 'updated', header: 'Last change', cell: (row) => <RelativeTime iso={row.updatedAt} className="whitespace-nowrap" /> },
      ]}
    />
  );
}

function NextWords({ row: { nextStep } }: { readonly row: CaseListItem }) {
  if (nextStep.kind === 'wait') return <span className="text-muted">{nextStep.label}</span>;
  return (
    <span className="inline-flex items-start gap-1.5 font-medium">
      <CircleDot aria-hidden className="mt-1 size-4 flex-none text-accent" />
      {nextStep.label}
    </span>
  );
}
