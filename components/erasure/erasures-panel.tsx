import Link from 'next/link';
import { type ErasureSummary } from '@/domain/erasure';
import { Badge } from '../ui/badge';
import { DataTable } from '../ui/data-table';
import { DateTime } from '../ui/date-time';
import { Panel } from '../ui/panel';

export type ErasuresPanelProps = { readonly erasures: readonly ErasureSummary[]; /** Null at the desk, which sees that a certificate exists and no more. */ readonly reference: string | null };

/** The orders to erase of a case; nothing where there is none. */
export function ErasuresPanel({ erasures, reference }: ErasuresPanelProps) {
  if (erasures.length === 0) return null;
  return (
    <Panel id="erasures" title="Erasure" flush>
      <DataTable
        caption="Orders to erase"
        rows={erasures}
        rowKey={({ orderId }) => orderId}
        columns={[
          { key: 'what', header: 'What', isRowHeader: true, cell: (erasure) => <What erasure={erasure} reference={reference} /> },
          { key: 'state', header: 'State', cell: ({ state }) => (state === 'certified' ? <Badge tone="neutral">Erased</Badge> : <Badge tone="warning">Being erased</Badge>) },
          { key: 'ordered', header: 'Ordered', cell: ({ orderedAt }) => <DateTime iso={orderedAt} /> },
          { key: 'certified', header: 'Certified', cell: ({ certifiedAt }) => (certifiedAt === null ? <span className="text-muted">not yet</span> : <DateTime iso={certifiedAt} />) },
          { key: 'certificate', header: 'Certificate', cell: ({ certificateId }) => (certificateId === null ? <span className="text-muted">follows</span> : <span className="font-mono text-xs wrap-anywhere">{certificateId}</span>) },
        ]}
      />
    </Panel>
  );
}

function What({ erasure: { scope, orderId, fileId }, reference }: { readonly erasure: ErasureSummary; readonly reference: string | null }) {
  const words = scope === 'case' ? 'Everything of the case' : 'One file';
  if (reference === null) return <>{words}{fileId === null ? null : <span className="block font-mono text-xs wrap-anywhere text-muted">{fileId}</span>}</>;
  return (
    <Link className="link font-medium" href={`/cases/${reference}/erasures/${orderId}`}>
      {words}
    </Link>
  );
}
