'use client';

import { type FileView } from '@/domain/file-view';
import { formatBytes } from '@/lib/format/bytes';
import { type UploadQueue } from '@/lib/upload/engine';
import { type QueueSnapshot } from '@/lib/upload/snapshot';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { Panel } from '../ui/panel';
import { TellMeButton } from './tell-me-button';
import { UploadRow } from './upload-row';

export type UploadListPanelProps = { readonly reference: string; readonly queue: UploadQueue; readonly snapshot: QueueSnapshot; readonly atPortal: readonly FileView[] };

/** Everything that is being sent, was sent, or waits, with what can be done about all of it at once. */
export function UploadListPanel({ reference, queue, snapshot, atPortal }: UploadListPanelProps) {
  const { files, isBusy, isSignedOut } = snapshot;
  if (files.length === 0) return null;
  const counted = files.filter(({ phase }) => phase !== 'cancelled');
  const done = counted.reduce((sum, { rawBytesDone, sizeBytes, phase }) => sum + (phase === 'stored' ? sizeBytes : rawBytesDone), 0);
  const total = counted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const canResume = files.some(({ phase, needs }) => phase === 'paused' && needs === null);
  const isUnfinished = files.some(({ phase }) => phase !== 'stored' && phase !== 'cancelled' && phase !== 'failed');
  return (
    <Panel
      id="sending"
      title="Sending"
      flush
      focusable
      actions={
        <>
          <span className="text-sm text-muted">
            {formatBytes(done)} of {formatBytes(total)}
          </span>
          {files.length > 1 && isBusy ? (
            <Button size="sm" onClick={() => queue.pauseAll()}>
              Pause all
            </Button>
          ) : null}
          {files.length > 1 && canResume ? (
            <Button size="sm" onClick={() => queue.resumeAll()}>
              Resume all
            </Button>
          ) : null}
          {files.length > 1 && isUnfinished ? (
            <ConfirmDialog triggerLabel="Cancel all" triggerSize="sm" triggerVariant="quiet" title="Cancel sending all files?" confirmLabel="Cancel all" cancelLabel="Go on sending" tone="danger" action={() => void queue.cancelAll()}>
              <p>What was stored of unfinished files is deleted from storage. Files that are stored already stay.</p>
            </ConfirmDialog>
          ) : null}
        </>
      }
    >
      {isSignedOut ? <SignedOut reference={reference} queue={queue} /> : null}
      {isBusy ? (
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2 text-sm text-muted">
          <p>Keep this tab open. You can read other pages of the portal meanwhile, and a closed tab costs only the segments that are on their way.</p>
          <TellMeButton />
        </div>
      ) : null}
      <ul className="divide-y">
        {files.map((file) => (
          <UploadRow key={file.localId} file={file} queue={queue} atPortal={atPortal.find(({ id }) => id === file.fileId)} />
        ))}
      </ul>
    </Panel>
  );
}

/** The session ended in the middle. Signing in happens in another tab, so that this one keeps the files. */
function SignedOut({ reference, queue }: { readonly reference: string; readonly queue: UploadQueue }) {
  return (
    <div className="border-b p-4">
      <Alert tone="warning" title="You are signed out" role="alert">
        <p>Sending waits, and nothing is lost. Sign in in a new tab and leave this one open: it holds the files you chose.</p>
        <p className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <a className="link inline-block min-h-6" href={`/sign-in?next=${encodeURIComponent(`/cases/${reference}`)}`} target="_blank" rel="noopener">
            Sign in (opens a new tab)
          </a>
          <Button size="sm" variant="primary" onClick={() => queue.signedInAgain()}>
            I have signed in again
          </Button>
        </p>
      </Alert>
    </div>
  );
}
