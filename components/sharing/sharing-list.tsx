import { type ReactNode } from 'react';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { SHARING_END_WORDS, SHARING_STATE_LABELS, type SharedFileFact, type SharingState, type SharingView } from '@/domain/sharing';
import { Badge } from '../ui/badge';
import { Bytes } from '../ui/bytes';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { RelativeTime } from '../ui/relative-time';
import { type Tone } from '../ui/tone';

const TONES: Readonly<Record<SharingState, Tone>> = { asked: 'warning', approved: 'info', refused: 'neutral', withdrawn: 'neutral', ended: 'neutral' };

export type SharingListProps = {
  readonly sharings: readonly SharingView[];
  /** The word for a state where it is not the customer who reads. */
  readonly labels?: Partial<Readonly<Record<SharingState, string>>>;
  /** Buttons for one request. */
  readonly actionsFor: (sharing: SharingView) => ReactNode;
};

/** Requests to share, each with all that is decided by an approval: with whom, what for, which files, until when. And who looked. */
export function SharingList({ sharings, labels = {}, actionsFor }: SharingListProps) {
  return (
    <ul className="divide-y">
      {sharings.map((sharing) => (
        <li key={sharing.id} className="px-4 py-3" aria-label={`Sharing with ${sharing.recipientEmail ?? 'a person since erased'}`}>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="font-medium wrap-anywhere">{sharing.recipientEmail ?? 'A person since erased'}</span>
            <Badge tone={TONES[sharing.state]}>{labels[sharing.state] ?? SHARING_STATE_LABELS[sharing.state]}</Badge>
            <span className="text-sm text-muted">
              asked for <RelativeTime iso={sharing.createdAt} />
            </span>
          </p>
          <SharingFacts sharing={sharing} />
          <div className="mt-2 flex flex-wrap gap-2">{actionsFor(sharing)}</div>
        </li>
      ))}
    </ul>
  );
}

function SharingFacts({ sharing }: { readonly sharing: SharingView }) {
  const isOver = !['asked', 'approved'].includes(sharing.state);
  return (
    <DescriptionList
      items={[
        { term: 'What for', details: <span className="whitespace-pre-wrap">{sharing.purpose}</span> },
        { term: 'Files', details: <Files files={sharing.files} withCaseNotes={sharing.withCaseNotes} /> },
        isOver
          ? { term: 'Over since', details: <><DateTime iso={sharing.stateAt} />{sharing.endedBecause ? <span className="text-sm text-muted"> {SHARING_END_WORDS[sharing.endedBecause]}</span> : null}</> }
          : { term: 'Until', details: <><DateTime iso={sharing.endsAt} /> <RelativeTime iso={sharing.endsAt} form="left" className="text-sm text-muted" /></> },
        ...(sharing.totalViews > 0 || sharing.state === 'approved' ? [{ term: 'Views', details: <Views sharing={sharing} /> }] : []),
      ]}
    />
  );
}

function Files({ files, withCaseNotes }: { readonly files: readonly SharedFileFact[]; readonly withCaseNotes: boolean }) {
  return (
    <>
      <ul>
        {files.map((file) => (
          <li key={file.fileId} className="wrap-anywhere">
            {file.name ?? 'A file whose name is erased'} <span className="text-sm text-muted">{FILE_KIND_LABELS[file.kind]}, <Bytes value={file.rawSizeBytes} />{file.state === 'erased' ? ', erased: not shared any more' : ''}</span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">Only their kind, size and state, and what was found in them{withCaseNotes ? '; and notes about the case as a whole' : ''}. Never the files themselves.</p>
    </>
  );
}

function Views({ sharing: { views, totalViews } }: { readonly sharing: SharingView }) {
  if (totalViews === 0) return <span className="text-muted">The recipient has not looked yet.</span>;
  return (
    <details>
      <summary className="min-h-6">{totalViews === 1 ? 'Looked at once' : `Looked at ${totalViews} times`}</summary>
      <ol className="mt-1 text-sm text-muted">
        {views.map((at, index) => (
          <li key={`${at}-${index}`}>
            <DateTime iso={at} seconds />
          </li>
        ))}
      </ol>
      {totalViews > views.length ? <p className="text-sm text-muted">The latest {views.length} are listed.</p> : null}
    </details>
  );
}
