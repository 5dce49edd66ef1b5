'use client';

import Link from 'next/link';
import { FILE_ACTOR_LABELS, type FileView } from '@/domain/file-view';
import { formatBytes } from '@/lib/format/bytes';
import { type BrowserFile } from '@/lib/upload/browser/browser-file';
import { fileTitle } from '../case/case-files-table';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';
import { ChooseAgainButton } from './choose-again-button';
import { canContinue } from './staged-file';

export type UnfinishedFilesPanelProps = {
  readonly files: readonly FileView[];
  /** Nothing can be chosen yet: one of these may turn out to be this tab's own, whose line is elsewhere. */
  readonly isLooking: boolean;
  readonly onChosen: (files: readonly BrowserFile[]) => void;
};

/** Files of the case that the portal holds a part of and that this tab does not know: from another day, device or person. */
export function UnfinishedFilesPanel({ files, isLooking, onChosen }: UnfinishedFilesPanelProps) {
  if (files.length === 0) return null;
  return (
    <Panel id="unfinished" title="Not sent to the end" flush>
      <ul className="divide-y">
        {files.map((file) => (
          <li key={file.id} className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-4 py-3">
            <div className="min-w-0 max-w-[62ch]">
              <p className="font-medium wrap-anywhere">
                <Link className="link" href={`/cases/${file.caseReference}/files/${file.id}`}>
                  {fileTitle(file)}
                </Link>
              </p>
              <p className="text-sm text-muted">
                {file.kindLabel} · {formatBytes(file.storedRawBytes)}
                {file.rawSizeBytes === null ? '' : ` of ${formatBytes(file.rawSizeBytes)}`} stored · {FILE_ACTOR_LABELS[file.sentBy].toLowerCase()} began <RelativeTime iso={file.reservedAt} />
              </p>
              <p className="mt-1 text-sm">
                {canContinue(file) ? wordsFor(file) : 'It is sent by its curl line, which stands on its page.'}
              </p>
            </div>
            {canContinue(file) && !isLooking ? <ChooseAgainButton name={fileTitle(file)} onChosen={(chosen) => onChosen([chosen])} /> : null}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function wordsFor({ sentBy }: FileView): string {
  const how = sentBy === 'upload_key' ? 'A machine with an upload key began it: run the same command there again to go on, or choose the file here.' : 'Choose the file again to go on.';
  return `${how} It is recognised by name and size, and only what is missing is sent.`;
}
