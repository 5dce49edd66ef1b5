import { type UploadKeyState, type UploadKeyView } from '@/domain/upload-key';
import { type FormAction } from '@/lib/form-state';
import { Badge } from '../ui/badge';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { DataTable } from '../ui/data-table';
import { RelativeTime } from '../ui/relative-time';

const STATE_WORDS: Readonly<Record<UploadKeyState, string>> = { works: 'Works', revoked: 'Revoked', ended: 'Past its time' };

export type UploadKeyListProps = { readonly keys: readonly UploadKeyView[]; /** Null for who may only look. */ readonly revoke: FormAction | null };

/** The upload keys of a case and their use. */
export function UploadKeyList({ keys, revoke }: UploadKeyListProps) {
  return (
    <DataTable
      caption="Upload keys of this case"
      dense
      rows={keys}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'key',
          header: 'Key',
          isRowHeader: true,
          cell: (key) => (
            <>
              <span className="font-mono">{key.hint}…</span>
              <span className="block text-muted">
                made by {key.madeByName ?? 'a person since erased'} <RelativeTime iso={key.createdAt} />
              </span>
            </>
          ),
        },
        { key: 'state', header: 'State', cell: (key) => <Badge tone={key.state === 'works' ? 'success' : undefined}>{STATE_WORDS[key.state]}</Badge> },
        { key: 'end', header: 'Ends', cell: (key) => <RelativeTime iso={key.revokedAt ?? key.expiresAt} /> },
        { key: 'used', header: 'Last used', cell: (key) => (key.lastUsedAt ? <RelativeTime iso={key.lastUsedAt} /> : <span className="text-muted">never</span>) },
        { key: 'files', header: 'Files', align: 'right', cell: (key) => key.files },
        ...(revoke
          ? [{
              key: 'revoke',
              header: <span className="sr-only">Revoke</span>,
              stackLabel: '',
              cell: (key: UploadKeyView) =>
                key.state === 'works' ? (
                  <ConfirmDialog triggerLabel={<>Revoke<span className="sr-only"> {key.hint}</span></>} triggerSize="sm" title="Revoke this key?" confirmLabel="Revoke it" pendingLabel="Revoking it" cancelLabel="Keep it" tone="danger" action={revoke} values={{ uploadKeyId: key.id }}>
                    <p>
                      <span className="font-mono">{key.hint}…</span> ends at once and cannot be used again. What it stored stays stored; a file that it did not send to the end can be finished with another key or from a browser.
                    </p>
                  </ConfirmDialog>
                ) : null,
            }]
          : []),
      ]}
    />
  );
}
