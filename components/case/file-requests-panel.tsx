import { MessageSquareText } from 'lucide-react';
import { type FileRequestView } from '@/domain/case-view';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { Badge } from '../ui/badge';
import { LinkButton } from '../ui/link-button';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';

export type FileRequestsPanelProps = { readonly reference: string; readonly requests: readonly FileRequestView[]; readonly maySend: boolean };

/** What support asks for, each with its purpose (P-MIN). Nothing where nothing was asked for. */
export function FileRequestsPanel({ reference, requests, maySend }: FileRequestsPanelProps) {
  if (requests.length === 0) return null;
  const inOrder = [...requests.filter(({ isWaiting }) => isWaiting), ...requests.filter(({ isWaiting }) => !isWaiting)];
  return (
    <Panel id="requests" title="Support asks for" flush>
      <ul className="divide-y">
        {inOrder.map((request) => (
          <li key={request.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-3">
            <div className="min-w-0 max-w-[62ch]">
              <p className="flex flex-wrap items-center gap-x-2">
                <MessageSquareText aria-hidden className="size-4 flex-none text-muted" />
                <span className="font-medium">{FILE_KIND_LABELS[request.kind]}</span>
                <span className="text-sm text-muted">
                  asked for <RelativeTime iso={request.createdAt} />
                </span>
              </p>
              <p className="mt-1 whitespace-pre-wrap">
                <span className="text-muted">What for: </span>
                {request.purpose}
              </p>
              <p className="mt-1 text-sm text-muted">{progressWords(request)}</p>
            </div>
            {request.isWaiting && maySend ? (
              <LinkButton href={`/cases/${reference}/files/new?request=${request.id}`} variant="secondary" size="sm">
                Send a file for this
              </LinkButton>
            ) : (
              <RequestBadge request={request} />
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function RequestBadge({ request }: { readonly request: FileRequestView }) {
  if (request.status === 'withdrawn') return <Badge>Withdrawn</Badge>;
  return request.isWaiting ? <Badge tone="info">Open</Badge> : <Badge tone="success">Answered</Badge>;
}

function progressWords({ status, isWaiting, sentFiles }: FileRequestView): string {
  if (status === 'withdrawn') return 'Support no longer needs it.';
  if (!isWaiting) return sentFiles === 1 ? 'One file was sent for it.' : `${sentFiles} files were sent for it.`;
  return sentFiles === 0 ? 'Nothing was sent for it yet. You may ask why it is needed, or decline.' : 'A file is being sent for it.';
}
