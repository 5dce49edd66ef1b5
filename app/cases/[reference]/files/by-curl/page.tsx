import { type Metadata } from 'next';
import Link from 'next/link';
import { PageBody } from '@/components/shell/page-body';
import { PutLineForm } from '@/components/upload/put-line-form';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { type CaseParams, caseTitle, openCasePage } from '../../open-case-page';
import { finishPutLineAction, issuePutLineAction, renewPutLineAction } from './actions';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params, 'One file by curl');
}

/** For who used to send with `aws s3api put-object`: one file, compressed by hand, sent by one plain line. */
export default async function ByCurlPage({ params }: CaseParams) {
  const { view } = await openCasePage(params);
  const { reference, maySend } = view;
  const asked = [...new Set(view.fileRequests.filter(({ isWaiting }) => isWaiting).map(({ kind }) => kind))];
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'One file by curl' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span>: {view.title}</>}
        title="Send one file with a curl line"
        lead="For one file of up to 5 GiB that you compressed yourself, from a machine that has curl. The portal signs one line for exactly this file."
      />
      <Alert title="There is a better way for large files">
        A single PUT begins anew at every fault. The <Link className="link" href="/guides/send-from-a-server">one command with an upload key</Link> compresses, sends several parts at once, and goes on where it stopped.
      </Alert>
      {maySend ? (
        <Panel id="describe" title="The file">
          <PutLineForm reference={reference} asked={asked} issue={issuePutLineAction} renew={renewPutLineAction} finish={finishPutLineAction} />
        </Panel>
      ) : (
        <Alert tone="warning" title="Nothing can be sent in this case now">The page of the case says what comes first.</Alert>
      )}
      <LinkButton href={`/cases/${reference}`} variant="secondary">
        Back to the case
      </LinkButton>
    </PageBody>
  );
}
