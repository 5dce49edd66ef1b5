import { type Metadata } from 'next';
import Link from 'next/link';
import { AskForFile } from '@/components/desk/ask-for-file';
import { CaseSide } from '@/components/desk/case-side';
import { DeskFile } from '@/components/desk/desk-file';
import { DeskKeys } from '@/components/desk/desk-keys';
import { DeskRequests } from '@/components/desk/desk-requests';
import { OpenTarget } from '@/components/desk/open-target';
import { SeverityBadge } from '@/components/desk/severity-badge';
import { Timeline } from '@/components/desk/timeline';
import { ErasuresPanel } from '@/components/erasure/erasures-panel';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { DeskRetention, type RetentionActions } from '@/components/retention/desk-retention';
import { Badge } from '@/components/ui/badge';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { UploadKeyList } from '@/components/upload-key/upload-key-list';
import { parseCaseReference } from '@/domain/case-reference';
import { isLookedAt } from '@/domain/manual-output';
import { may } from '@/domain/permissions';
import { requireStaff } from '@/server/auth/current-actor';
import { getDeskCase } from '@/server/desk/get-desk-case';
import { orNotFound } from '@/server/http/page-result';
import { getDeskRetention } from '@/server/retention/get-desk-retention';
import { listUploadKeys } from '@/server/upload-key/list-upload-keys';
import { askForFile, revokeKey, withdrawRequest } from './actions';
import { AccessPanels } from './access-panels';
import { CaseActions } from './case-actions';
import { extendFile, takeExtensionBack, writeOutput } from './retention-actions';

type DeskCasePageProps = { params: Promise<{ reference: string }> };

export async function generateMetadata({ params }: DeskCasePageProps): Promise<Metadata> {
  return { title: parseCaseReference((await params).reference) ?? 'Case' };
}

const NO_ACTIONS: RetentionActions = { extend: null, withdraw: null, write: null };

/** One case: what the customer said, what they sent and what became of it. There is no way to a file's content from here (P-NOCOPY). */
export default async function DeskCasePage({ params }: DeskCasePageProps) {
  const actor = await requireStaff();
  const now = new Date();
  const view = await orNotFound(getDeskCase({ actor, reference: (await params).reference, now }));
  const keys = await orNotFound(listUploadKeys({ actor, now, reference: view.reference }));
  const retentionOf = await getDeskRetention({ actor, now, fileIds: view.files.map(({ id }) => id) });
  const retentionActions: RetentionActions = { extend: may(actor, 'retention:extend') ? extendFile : null, withdraw: may(actor, 'retention:extend') ? takeExtensionBack : null, write: may(actor, 'output:write') ? writeOutput : null };
  const mayAsk = may(actor, 'file:request');
  return (
    <PageBody width="wide">
      <Breadcrumbs items={[{ label: 'Cases', href: '/desk' }, { label: view.reference }]} />
      <PageHeading
        title={view.title}
        caption={
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-ink">{view.reference}</span> {view.organizationName} <SeverityBadge severity={view.severity} />
            {view.erasureOrderedAt ? <Badge>Erased on order</Badge> : view.status === 'closed' ? <Badge>Closed</Badge> : <Badge tone="info">Open</Badge>}
          </span>
        }
        actions={
          <>
            <LiveRefresh topic={{ caseId: view.id }} />
            <DeskKeys />
            <CaseActions view={view} mayClose={may(actor, 'case:close')} mayRequireNda={may(actor, 'nda:require')} />
          </>
        }
      />
      <OpenTarget />
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="space-y-6">
          <Panel id="description" title="What happened">
            <p className="break-words whitespace-pre-wrap">{view.description}</p>
          </Panel>
          <Panel id="files" title={`Files (${view.totalFiles})`} flush>
            {view.files.length === 0 ? (
              <EmptyState title="No file was announced yet">{mayAsk ? 'Ask for what the diagnosis needs; the customer is told at once.' : 'It appears here as soon as the customer begins to send.'}</EmptyState>
            ) : (
              <div className="divide-y">{view.files.map((file) => (
                <DeskFile key={file.id} file={file}>
                  <DeskRetention reference={view.reference} file={{ id: file.id, dueAt: file.dueAt, isLookedAt: file.erasureOrderedAt === null && isLookedAt(file.state) }} facts={retentionOf(file.id)} actions={file.erasureOrderedAt === null ? retentionActions : NO_ACTIONS} />
                </DeskFile>
              ))}</div>
            )}
            {view.totalFiles > view.files.length ? (
              <p className="border-t px-4 py-2.5 text-sm text-muted">
                The latest {view.files.length} are shown. <Link className="link" href={`/desk/files?q=${view.reference}&state=all`}>See all {view.totalFiles}</Link>
              </p>
            ) : null}
          </Panel>
          <ErasuresPanel erasures={view.erasures} reference={null} />
          <Panel id="requests" title="Asked for" flush>
            <DeskRequests requests={view.fileRequests} withdraw={mayAsk ? withdrawRequest : null} />
          </Panel>
          {mayAsk && view.status === 'open' ? (
            <Panel id="ask" title="Ask for a file">
              <AskForFile reference={view.reference} action={askForFile} />
            </Panel>
          ) : null}
          <Panel id="upload-keys" title="Upload keys" flush>
            {keys.length === 0 ? <p className="px-4 py-3 text-muted">The customer made no upload key for this case.</p> : <UploadKeyList keys={keys} revoke={may(actor, 'upload_key:revoke') ? revokeKey : null} />}
          </Panel>
          <AccessPanels actor={actor} view={view} now={new Date()} />
          <Panel id="history" title="History of the case">
            <Timeline entries={view.history} label="History of the case" />
          </Panel>
        </div>
        <div className="space-y-6">
          <CaseSide view={view} />
        </div>
      </div>
    </PageBody>
  );
}
