'use client';

import { useEffect, useRef } from 'react';
import { type SendingView } from '@/domain/sending-view';
import { FileRequestsPanel } from '../case/file-requests-panel';
import { NextStepPanel } from '../case/next-step-panel';
import { LiveWord } from '../live/live-word';
import { Alert } from '../ui/alert';
import { Panel } from '../ui/panel';
import { FileChooser } from './file-chooser';
import { StagedFilesPanel } from './staged-files-panel';
import { UnfinishedFilesPanel } from './unfinished-files-panel';
import { UploadAnnouncer } from './upload-announcer';
import { UploadListPanel } from './upload-list-panel';
import { useSendingView } from './use-sending-view';
import { useStagedFiles } from './use-staged-files';
import { useUploadQueue } from './use-upload-queue';

export type SendFilesProps = {
  readonly caseId: string;
  readonly reference: string;
  /** As the server drew it; updates by itself. */
  readonly drawn: SendingView;
  /** The request that the person came for. */
  readonly cameFor: string | null;
};

/** Choosing, correcting and sending files for a case. What the gate would refuse is said before anything is chosen. */
export function SendFiles({ caseId, reference, drawn, cameFor }: SendFilesProps) {
  const { view, connection } = useSendingView(caseId, reference, drawn);
  const { maySend, nextStep, fileRequests: requests, files } = view;
  const { queue, snapshot } = useUploadQueue(reference);
  const known = new Set(snapshot.files.map(({ fileId }) => fileId));
  const unfinished = files.filter(({ id, state }) => (state === 'reserved' || state === 'uploading') && !known.has(id) && !queue?.hasCancelled(id));
  const { staged, notes, choose, change, remove, send } = useStagedFiles({ queue, requests, unfinished, cameFor });
  const isToShow = useRef(false);
  // The button that was pressed is gone; whoever uses a keyboard or hears the page goes on at what is being sent.
  useEffect(() => {
    if (!isToShow.current || snapshot.files.length === 0) return;
    isToShow.current = false;
    document.getElementById('sending')?.focus();
  }, [snapshot.files]);
  const sendAndShow = () => {
    isToShow.current = true;
    send();
  };
  return (
    <div className="space-y-6">
      {maySend ? null : <NextStepPanel reference={reference} step={nextStep} />}
      <FileRequestsPanel reference={reference} requests={requests.filter(({ isWaiting }) => isWaiting)} maySend={false} />
      <div>
        {maySend ? (
          <Panel id="choose" title="Choose files" actions={<LiveWord connection={connection} />}>
            <FileChooser onChosen={(chosen) => void choose(chosen)} />
          </Panel>
        ) : null}
        <div role="status">
          {notes.length > 0 ? (
            <Alert className="mt-4">
              {notes.map((note, at) => (
                <p key={at} className="break-words [overflow-wrap:anywhere]">
                  {note}
                </p>
              ))}
            </Alert>
          ) : null}
        </div>
      </div>
      {maySend ? <StagedFilesPanel staged={staged} change={change} remove={remove} send={sendAndShow} requests={requests} /> : null}
      {queue ? <UploadListPanel reference={reference} queue={queue} snapshot={snapshot} atPortal={files} /> : null}
      <UnfinishedFilesPanel files={unfinished} isLooking={!snapshot.isRestored} onChosen={(chosen) => void choose(chosen)} />
      <UploadAnnouncer files={snapshot.files} />
    </div>
  );
}
