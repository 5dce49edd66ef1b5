import { type DeskFileRequest } from '@/domain/desk-case';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type FormAction } from '@/lib/form-state';
import { Badge } from '../ui/badge';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { RelativeTime } from '../ui/relative-time';
import { type Tone } from '../ui/tone';

type Look = { readonly word: string; readonly tone: Tone };

/** An answered request whose file did not pass the check waits again. */
function lookOf(request: DeskFileRequest): Look {
  if (request.status === 'withdrawn') return { word: 'Withdrawn', tone: 'neutral' };
  return request.isWaiting ? { word: 'Waiting', tone: 'info' } : { word: 'Answered', tone: 'success' };
}

/** What was asked for in a case. `withdraw` is null for who may not take a request back. */
export function DeskRequests({ requests, withdraw }: { readonly requests: readonly DeskFileRequest[]; readonly withdraw: FormAction | null }) {
  if (requests.length === 0) return <p className="px-4 py-3 text-muted">Nothing was asked for yet.</p>;
  return (
    <ul className="divide-y">
      {requests.map((request) => (
        <li key={request.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-4 py-2.5">
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {FILE_KIND_LABELS[request.kind]} <Badge tone={lookOf(request).tone}>{lookOf(request).word}</Badge>
            </p>
            <p className="break-words whitespace-pre-wrap">{request.purpose}</p>
            <p className="text-sm text-muted">
              {request.requestedByName ?? 'A colleague'}, <RelativeTime iso={request.createdAt} /> · {request.sentFiles === 0 ? 'no file yet' : `${request.sentFiles} ${request.sentFiles === 1 ? 'file' : 'files'} for it`}
            </p>
          </div>
          {withdraw && request.status === 'open' ? (
            <ConfirmDialog triggerLabel="Withdraw" triggerSize="sm" title="Withdraw this request?" confirmLabel="Withdraw it" pendingLabel="Withdrawing" action={withdraw} values={{ requestId: request.id }}>
              <p>The customer is told that the file is not needed any more. Files that were sent for it stay until their time is over.</p>
            </ConfirmDialog>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
