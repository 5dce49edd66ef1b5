import { Download } from 'lucide-react';
import { type Metadata } from 'next';
import { TestIdentityNote } from '@/components/nda/test-identity-note';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { DescriptionList } from '@/components/ui/description-list';
import { LinkButton } from '@/components/ui/link-button';
import { DateTime } from '@/components/ui/date-time';
import { PageHeading } from '@/components/ui/page-heading';
import { NDA_STATE_LABELS } from '@/domain/nda-agreement';
import { usesTestIdentity } from '@/server/nda/agreement-document';
import { enterSigning, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Signed' };

/** After the signature: what happened and what comes. The copy is here; once both have signed it holds both signatures. */
export default async function SigningDonePage({ params }: SigningParams) {
  const { session, now } = await enterSigning(params, 'done');
  const { agreement, signatory } = session;
  const isSigned = agreement.signedAt !== null;
  const isInForce = agreement.state === 'in_force';
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Agreement of ${agreement.partyName ?? 'your organization'}`} title={isInForce ? 'The agreement is in force' : agreement.state === 'signed' ? 'You have signed' : NDA_STATE_LABELS[agreement.state]} />
      {isInForce ? <Alert tone="success" title="Both sides have signed">Download your copy, and keep it: this page is yours for two hours.</Alert> : null}
      {agreement.state === 'signed' ? <Alert tone="success" title="Signed; waiting for the countersignature">Once both have signed, a mail brings you the file, its hash and the way to check it. You can close this page.</Alert> : null}
      {isSigned ? <TestIdentityNote isTest={await usesTestIdentity(now)} /> : null}
      <DescriptionList
        items={[
          { term: 'State', details: NDA_STATE_LABELS[agreement.state] },
          ...(agreement.signedAt ? [{ term: 'You signed', details: <DateTime iso={agreement.signedAt.toISOString()} seconds /> }] : []),
          ...(agreement.inForceFrom ? [{ term: 'In force since', details: <DateTime iso={agreement.inForceFrom.toISOString()} seconds /> }] : []),
          ...(isSigned && agreement.documentSha256 ? [{ term: 'SHA-256', details: <code className="font-mono text-[0.8125rem] break-all">{agreement.documentSha256}</code> }] : []),
        ]}
      />
      <div className="flex flex-wrap gap-3">
        {isSigned ? (
          <LinkButton href={`/signing/${agreement.id}/document.pdf`} download="">
            <Download aria-hidden className="size-4" /> Download the signed PDF
          </LinkButton>
        ) : null}
        {isInForce ? <LinkButton href="/verify" variant="secondary">Check the file</LinkButton> : null}
        {signatory.userId ? <LinkButton href={`/nda/agreements/${agreement.id}`} variant="secondary">See the agreement</LinkButton> : null}
      </div>
    </PageBody>
  );
}
