import { type Metadata } from 'next';
import { CaseFactsPanel } from '@/components/case/case-facts-panel';
import { CaseFilesTable } from '@/components/case/case-files-table';
import { CaseTaskList } from '@/components/case/case-task-list';
import { FileRequestsPanel } from '@/components/case/file-requests-panel';
import { NextStepPanel } from '@/components/case/next-step-panel';
import { ErasuresPanel } from '@/components/erasure/erasures-panel';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { OutputList } from '@/components/retention/output-list';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { UploadKeysPanel } from '@/components/upload-key/upload-keys-panel';
import { getEnv } from '@/server/env';
import { listErasures } from '@/server/erasure/get-erasure';
import { listCaseFiles } from '@/server/file/list-case-files';
import { orNotFound } from '@/server/http/page-result';
import { listReadableOutputs } from '@/server/manual-output/list-manual-outputs';
import { listUploadKeys } from '@/server/upload-key/list-upload-keys';
import { AccessPanels } from './access-panels';
import { makeUploadKeyAction, revokeUploadKeyAction } from './actions';
import { type CaseParams, caseTitle, openCasePage } from './open-case-page';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params);
}

type Search = { readonly searchParams: Promise<{ opened?: string | string[] }> };

/** A case as its customer sees it: one next step, the tasks, what support asks for, the files. */
export default async function CasePage({ params, searchParams }: CaseParams & Search) {
  const { actor, view, now } = await openCasePage(params);
  const files = await orNotFound(listCaseFiles({ actor, reference: view.reference }));
  const erasures = await orNotFound(listErasures({ actor, reference: view.reference }));
  const outputs = await orNotFound(listReadableOutputs({ actor, now, reference: view.reference }));
  const keys = await orNotFound(listUploadKeys({ actor, now, reference: view.reference }));
  const wasJustOpened = (await searchParams).opened === '1';
  const { reference, maySend } = view;
  return (
    <PageBody width="wide">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference }]} />
      <PageHeading caption={<>Case <span className="font-mono">{reference}</span></>} title={view.title} />
      {wasJustOpened ? (
        <Alert tone="success" title={`The case is open. Its reference is ${reference}.`}>
          It can be read over the phone: it has no letters that sound or look like digits.
        </Alert>
      ) : null}
      <NextStepPanel reference={reference} step={view.nextStep} />
      <div className="grid gap-6 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="self-start">
          <CaseTaskList reference={reference} tasks={view.tasks} />
        </div>
        <div className="min-w-0 space-y-6">
          <FileRequestsPanel reference={reference} requests={view.fileRequests} maySend={maySend} />
          <Panel
            id="files"
            title="Files"
            flush
            actions={
              <>
                <LiveRefresh topic={{ caseId: view.id }} />
                {maySend ? (
                  <LinkButton href={`/cases/${reference}/files/new`} variant="secondary" size="sm">
                    Send files
                  </LinkButton>
                ) : null}
              </>
            }
          >
            <CaseFilesTable reference={reference} files={files} maySend={maySend} />
          </Panel>
          {outputs.length > 0 ? (
            <Panel id="results" title="What support found">
              <OutputList reference={reference} outputs={outputs} />
            </Panel>
          ) : null}
          <ErasuresPanel erasures={erasures} reference={reference} />
          <AccessPanels actor={actor} reference={reference} now={now} />
          <UploadKeysPanel reference={reference} portalUrl={getEnv().AIRLOCK_URL} maySend={maySend} keys={keys} makeKey={makeUploadKeyAction} revokeKey={revokeUploadKeyAction} />
          <CaseFactsPanel view={view} />
          {view.erasureOrderedAt === null ? (
            <Panel id="erase" title="Stop and erase">
              <p>At any time you can have the work stopped and everything of this case erased, with a certificate of what was there and when it was seen to be absent. A single file is erased on its own page.</p>
              <p className="mt-3">
                <LinkButton href={`/cases/${reference}/erase`} variant="danger" size="sm">
                  Stop and erase everything…
                </LinkButton>
              </p>
            </Panel>
          ) : null}
        </div>
      </div>
    </PageBody>
  );
}
