import { type Metadata } from 'next';
import { FileStateBadge } from '@/components/file/file-state-badge';
import { PageBody } from '@/components/shell/page-body';
import { SharedOutputs } from '@/components/sharing/shared-outputs';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { Bytes } from '@/components/ui/bytes';
import { DateTime } from '@/components/ui/date-time';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { requireActor } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { viewShared } from '@/server/sharing/view-shared';

export const metadata: Metadata = { title: 'Shared results' };

/** What one approval lets its recipient see. It does not refresh itself: each showing is a view that the customer reads about. */
export default async function SharedRoomPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await requireActor();
  const room = await orNotFound(viewShared({ actor, now: new Date(), sharingId: (await params).id }));
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Shared with you', href: '/shared' }, { label: room.caseReference }]} />
      <PageHeading title={<>Results in case <span className="font-mono">{room.caseReference}</span></>} lead="For the purpose below and nothing else. This view was recorded and is shown to the customer." />
      <Panel id="terms" title="What was approved">
        <DescriptionList
          items={[
            { term: 'What for', details: <span className="whitespace-pre-wrap">{room.purpose}</span> },
            { term: 'Until', details: <><DateTime iso={room.endsAt} /> <RelativeTime iso={room.endsAt} form="left" className="text-sm text-muted" /></> },
          ]}
        />
      </Panel>
      {room.files.map((file, at) => (
        <Panel key={file.id} id={`file-${file.id}`} title={<>File {at + 1}: {FILE_KIND_LABELS[file.kind]}</>} actions={<><span className="text-sm text-muted"><Bytes value={file.rawSizeBytes} /></span><FileStateBadge state={file.state} /></>}>
          <SharedOutputs outputs={file.outputs} none="There is no result for this file now." />
        </Panel>
      ))}
      {room.caseNotes === null ? null : (
        <Panel id="case-notes" title="Notes about the case as a whole">
          <SharedOutputs outputs={room.caseNotes} none="There is no such note now." />
        </Panel>
      )}
    </PageBody>
  );
}
