'use client';

import { type FileRequestView } from '@/domain/case-view';
import { type FileView } from '@/domain/file-view';
import { Alert } from '../ui/alert';
import { Panel } from '../ui/panel';
import { FileChooser } from './file-chooser';
import { StagedFilesPanel } from './staged-files-panel';
import { UnfinishedFilesPanel } from './unfinished-files-panel';
import { UploadAnnouncer } from './upload-announcer';
import { UploadListPanel } from './upload-list-panel';
import { useStagedFiles } from './use-staged-files';
import { useUploadQueue } from './use-upload-queue';

export type SendFilesProps = {
  readonly reference: string;
  readonly requests: readonly FileRequestView[];
  /** Every file of the case as the portal has it; updates by itself. */
  readonly files: readonly FileView[];
  /** The request that the person came for. */
  readonly cameFor: string | null;
};

/** Choosing, correcting and sending files for a case. */
export function SendFiles({ reference, requests, files, cameFor }: SendFilesProps) {
  const { queue, snapshot } = useUploadQueue(reference);
  const known = new Set(snapshot.files.map(({ fileId }) => fileId));
  const unfinished = files.filter(({ id, state }) => (state === 'reserved' || state === 'uploading') && !known.has(id));
  const { staged, notes, choose, change, remove, send } = useStagedFiles({ queue, requests, unfinished, cameFor });
  return (
    <div className="space-y-6">
      <Panel id="choose" title="Choose files">
        <FileChooser onChosen={(chosen) => void choose(chosen)} />
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
      </Panel>
      <StagedFilesPanel staged={staged} change={change} remove={remove} send={send} requests={requests} />
      {queue ? <UploadListPanel reference={reference} queue={queue} snapshot={snapshot} atPortal={files} /> : null}
      <UnfinishedFilesPanel files={unfinished} onChosen={(chosen) => void choose(chosen)} />
      <UploadAnnouncer files={snapshot.files} />
    </div>
  );
}
