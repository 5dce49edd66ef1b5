import { type Metadata } from 'next';
import Link from 'next/link';
import { PageBody } from '@/components/shell/page-body';
import { SendFiles } from '@/components/upload/send-files';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { sendingViewOf } from '@/domain/sending-view';
import { listCaseFiles } from '@/server/file/list-case-files';
import { orNotFound } from '@/server/http/page-result';
import { getRetentionPeriods } from '@/server/retention/retention-periods';
import { type CaseParams, caseTitle, openCasePage } from '../../open-case-page';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params, 'Send files');
}

type Search = { readonly searchParams: Promise<{ request?: string | string[] }> };

/** Where files are chosen and sent. */
export default async function SendFilesPage({ params, searchParams }: CaseParams & Search) {
  const { actor, view } = await openCasePage(params);
  const { reference } = view;
  const files = await orNotFound(listCaseFiles({ actor, reference }));
  const asked = (await searchParams).request;
  const cameFor = view.fileRequests.find(({ id, isWaiting }) => isWaiting && id === asked)?.id ?? null;
  const { raw_file: days } = await getRetentionPeriods();
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'Send files' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span>: {view.title}</>}
        title="Send files"
        lead={`Your browser compresses each file and sends it straight to storage, in segments. An interruption costs only the segments on their way. What arrives is erased ${days === 1 ? 'after one day' : `after ${days} days`}.`}
      />
      {view.nextStep.kind === 'do' && view.nextStep.task === 'nda' && view.maySend ? (
        <Alert title="A mutual NDA is offered before you send anything">
          It is optional. <Link className="link" href={`/cases/${reference}/nda`}>Read it and decide</Link>, or go on here.
        </Alert>
      ) : null}
      <SendFiles caseId={view.id} reference={reference} drawn={sendingViewOf(view, files)} cameFor={cameFor} />
      {/* Nothing is loaded ahead on this page: its links come into view when sending begins, and that would be in the way. */}
      <p className="text-sm text-muted">
        No browser on the machine that failed? See <Link className="link" prefetch={false} href="/guides/send-from-a-server">send from a server</Link>. What may be in these files, and how to send less: <Link className="link" prefetch={false} href="/guides/what-to-leave-out">what to leave out</Link>.
      </p>
      <LinkButton prefetch={false} href={`/cases/${reference}`} variant="secondary">
        Back to the case
      </LinkButton>
    </PageBody>
  );
}
