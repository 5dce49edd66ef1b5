import { type Metadata } from 'next';
import { CertificateCheck } from '@/components/erasure/certificate-check';
import { CertificateDocument } from '@/components/erasure/certificate-document';
import { PrintButton } from '@/components/file/print-button';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { type ErasureView } from '@/domain/erasure';
import { getErasure } from '@/server/erasure/get-erasure';
import { orNotFound } from '@/server/http/page-result';
import { caseTitle, openCasePage } from '../../open-case-page';

type ErasureParams = { readonly params: Promise<{ reference: string; orderId: string }> };

export async function generateMetadata({ params }: ErasureParams): Promise<Metadata> {
  return caseTitle(params, 'Erasure');
}

/** An order to erase: how far it is, and its certificate. */
export default async function ErasurePage({ params }: ErasureParams) {
  const { actor, view } = await openCasePage(params);
  const { reference } = view;
  const erasure = await orNotFound(getErasure({ actor, reference, orderId: (await params).orderId }));
  const { certificate } = erasure;
  const address = `/cases/${reference}/erasures/${erasure.orderId}`;
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'Erasure' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title={certificate ? 'Certificate of erasure' : 'Erasure'}
        lead={erasure.scope === 'case' ? 'Everything of the case' : 'One file of the case'}
        actions={certificate ? <><LiveRefresh topic={{ caseId: view.id }} /><PrintButton /></> : <LiveRefresh topic={{ caseId: view.id }} />}
      />
      <Standing erasure={erasure} />
      {certificate ? (
        <>
          <Panel id="certificate" title="Certificate">
            <CertificateDocument content={certificate.content} />
          </Panel>
          <Panel id="check" title="Check it without the portal">
            <CertificateCheck address={address} portalUrl={certificate.content.portalUrl} editions={erasure.editions} />
          </Panel>
        </>
      ) : null}
      <LinkButton href={`/cases/${reference}`} variant="secondary">
        Back to the case
      </LinkButton>
    </PageBody>
  );
}

function Standing({ erasure }: { readonly erasure: ErasureView }) {
  if (erasure.state === 'ordered') {
    return (
      <Alert title="Being erased">
        <p>
          {erasure.byYou ? 'You ordered it on' : 'A colleague ordered it on'} <DateTime iso={erasure.orderedAt} seconds />. Work with the data has stopped, and nothing more is taken.{' '}
          {erasure.files > 1 ? `${erasure.filesAbsent} of ${erasure.files} files were seen to be absent.` : 'Every version is deleted and then looked for.'} The certificate follows here and by e-mail; this page updates by itself.
        </p>
      </Alert>
    );
  }
  const isWatched = erasure.watchEndedAt === null && erasure.watchUntil !== null;
  return (
    <Alert tone="success" title="Erased, and seen to be absent">
      {isWatched ? (
        <p>
          A sender to whom a URL was issued shortly before the order could still write. The portal looks again each minute, deletes what arrives, and issues the final edition of the certificate after <DateTime iso={erasure.watchUntil ?? ''} />.
        </p>
      ) : (
        <p>Every URL that was issued before the order ended at least an hour before. This certificate is final.</p>
      )}
    </Alert>
  );
}
