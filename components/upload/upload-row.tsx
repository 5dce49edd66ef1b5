'use client';

import { Pause, Play, RotateCcw, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef } from 'react';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { type FileView } from '@/domain/file-view';
import { type UploadQueue } from '@/lib/upload/engine';
import { type FileSnapshot } from '@/lib/upload/snapshot';
import { FileStateBadge } from '../file/file-state-badge';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { Bytes } from '../ui/bytes';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { ProgressBar } from '../ui/progress-bar';
import { ChooseAgainButton } from './choose-again-button';
import { percentDone, PHASE_WORDS, progressParts } from './upload-words';

export type UploadRowProps = {
  readonly file: FileSnapshot;
  readonly queue: UploadQueue;
  /** The file as the portal has it; updates by itself. */
  readonly atPortal: FileView | undefined;
};

/** One file that is being sent: how far it is, what is happening, and what can be done about it. */
export function UploadRow({ file, queue, atPortal }: UploadRowProps) {
  // Before a file that needs its content is given it again, the portal alone knows how much is stored.
  const done = percentDone(file.needs !== null && atPortal ? { ...file, rawBytesDone: atPortal.storedRawBytes } : file);
  const parts = progressParts(file);
  const isOver = file.phase === 'stored' || file.phase === 'cancelled';
  return (
    <li className="space-y-2 px-4 py-3" data-upload={file.phase}>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <p className="font-medium wrap-anywhere">{file.name}</p>
          <p className="text-sm text-muted">
            {FILE_KIND_LABELS[file.kind]} · <Bytes value={file.sizeBytes} />
          </p>
        </div>
        <RowButtons file={file} queue={queue} />
      </div>
      {file.phase === 'cancelled' ? null : (
        <ProgressBar
          label={`Progress of ${file.name}`}
          value={done}
          tone={file.phase === 'failed' ? 'danger' : 'accent'}
          detail={
            <span className="flex flex-wrap gap-x-2">
              <span className="font-medium text-ink">
                {PHASE_WORDS[file.phase]}
                {isOver ? '' : `, ${done} %`}
              </span>
              {parts.map((part) => (
                <span key={part}>· {part}</span>
              ))}
            </span>
          }
        />
      )}
      <RowEnd file={file} queue={queue} atPortal={atPortal} />
    </li>
  );
}

function RowButtons({ file, queue }: Pick<UploadRowProps, 'file' | 'queue'>) {
  const { localId, name, phase, needs } = file;
  const isOver = phase === 'stored' || phase === 'cancelled' || phase === 'failed';
  const isPaused = phase === 'paused';
  const take = useRef<HTMLButtonElement>(null);
  const wasCancelledHere = useRef(false);
  // The dialog that asked goes with the button that opened it; who cancelled stays at the row.
  useEffect(() => {
    if (phase !== 'cancelled' || !wasCancelledHere.current) return;
    wasCancelledHere.current = false;
    take.current?.focus();
  }, [phase]);
  return (
    <div className="flex flex-wrap gap-2">
      {isOver || (isPaused && needs !== null) ? null : (
        // One button for both, so that the focus stays where it is.
        <Button size="sm" onClick={() => (isPaused ? queue.resume(localId) : queue.pause(localId))} aria-label={`${isPaused ? 'Resume' : 'Pause'} ${name}`}>
          {isPaused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />} {isPaused ? 'Resume' : 'Pause'}
        </Button>
      )}
      {phase === 'stored' || phase === 'cancelled' ? (
        <Button ref={take} size="sm" variant="quiet" onClick={() => queue.remove(localId)} aria-label={`Take ${name} from this list`}>
          <X aria-hidden className="size-4" /> Take from the list
        </Button>
      ) : (
        <ConfirmDialog
          triggerLabel={<>Cancel<span className="sr-only"> {name}</span></>}
          triggerSize="sm"
          triggerVariant="quiet"
          title="Cancel sending this file?"
          confirmLabel="Cancel sending"
          cancelLabel="Go on sending"
          tone="danger"
          action={() => {
            wasCancelledHere.current = true;
            void queue.cancel(localId);
          }}
        >
          <p className="wrap-anywhere">{name}</p>
          <p>What was stored of it is deleted from storage. Your own copy stays where it is. To only interrupt it, use Pause.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

function RowEnd({ file, queue, atPortal }: UploadRowProps) {
  const { localId, name, phase, needs, error } = file;
  if (phase === 'failed' && error) return <Failure file={file} queue={queue} error={error} />;
  if (phase === 'cancelled') return <p className="text-sm text-muted">Cancelled. What was stored of it is deleted.</p>;
  if (phase === 'stored') return <Stored atPortal={atPortal} />;
  if (needs === 'permission') {
    return (
      <Needs text="This page was loaded anew. Your browser asks before the file may be read again.">
        <Button size="sm" variant="primary" onClick={() => void queue.allowReading(localId)} aria-label={`Allow reading ${name}`}>
          Allow reading and go on
        </Button>
      </Needs>
    );
  }
  if (needs === 'file') {
    return (
      <Needs text="This page was loaded anew. Choose the same file again to go on: it is recognised by name and size, and only what is missing is sent.">
        <ChooseAgainButton name={name} onChosen={(source) => queue.attach(localId, source)} />
      </Needs>
    );
  }
  return null;
}

function Needs({ text, children }: { readonly text: string; readonly children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <p className="text-sm">{text}</p>
      {children}
    </div>
  );
}

function Stored({ atPortal }: { readonly atPortal: FileView | undefined }) {
  // What the page knows of the portal may be a moment old.
  if (!atPortal || atPortal.state === 'reserved' || atPortal.state === 'uploading') return <p className="text-sm text-muted">All of it is in storage. The portal reads it back and checks it now; you may leave this page.</p>;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <FileStateBadge state={atPortal.state} reason={atPortal.stateReason} dueAt={atPortal.dueAt} />
      {atPortal.receiptUrl ? (
        <Link className="link inline-block min-h-6" href={atPortal.receiptUrl}>
          Receipt
        </Link>
      ) : (
        <Link className="link inline-block min-h-6" href={`/cases/${atPortal.caseReference}/files/${atPortal.id}`}>
          Details
        </Link>
      )}
    </p>
  );
}

/** Codes after which only the same file, chosen again, or a new beginning helps. */
const CHOOSE_AGAIN = new Set(['file_unreadable', 'file_differs']);
const START_OVER = new Set(['file_changed', 'segment_conflict', 'no_longer_open', 'file_wrong_state', 'file_differs']);

function Failure({ file: { localId, name }, queue, error }: Pick<UploadRowProps, 'file' | 'queue'> & { readonly error: NonNullable<FileSnapshot['error']> }) {
  return (
    <Alert tone="danger" title={error.title}>
      <p>
        {error.detail} {error.lost} {error.action}
      </p>
      {error.reference ? (
        <p className="text-sm text-muted">
          Reference for support: <span className="font-mono">{error.reference}</span>
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {CHOOSE_AGAIN.has(error.code) ? <ChooseAgainButton name={name} onChosen={(source) => queue.attach(localId, source)} /> : null}
        {START_OVER.has(error.code) ? (
          <Button size="sm" onClick={() => queue.startOver(localId)} aria-label={`Start ${name} over`}>
            <RotateCcw aria-hidden className="size-4" /> Start over
          </Button>
        ) : (
          <Button size="sm" onClick={() => queue.retry(localId)} aria-label={`Try ${name} again`}>
            <RotateCcw aria-hidden className="size-4" /> Try again
          </Button>
        )}
      </div>
    </Alert>
  );
}
