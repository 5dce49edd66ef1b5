import { type Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { SignForm } from '@/components/nda/sign-form';
import { TestIdentityNote } from '@/components/nda/test-identity-note';
import { PageBody } from '@/components/shell/page-body';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeading } from '@/components/ui/page-heading';
import { firstParam, type QueryParams } from '@/domain/query-params';
import { usesTestIdentity } from '@/server/nda/agreement-document';
import { sign } from '../../actions';
import { enterSigning, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Sign the agreement' };

/** Consent, signature, and the button. The hash in the address is of the document that was read: no other one is signed. */
export default async function SignPage({ params, searchParams }: SigningParams & { searchParams: Promise<QueryParams> }) {
  const { session, now } = await enterSigning(params, 'sign');
  const { agreement, signatory } = session;
  const readPath = `/signing/${agreement.id}/read`;
  const sha256 = firstParam(await searchParams, 'read');
  if (!/^[0-9a-f]{64}$/.test(sha256)) redirect(readPath);
  const partyName = agreement.partyName ?? 'your organization';
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Signing for ${partyName}`} title="Sign the agreement" lead="Nothing is signed before you press the button below." />
      <DescriptionList
        items={[
          { term: 'For', details: partyName },
          { term: 'You', details: <>{signatory.name}, {signatory.title}</> },
          { term: 'You read', details: <><code className="font-mono text-[0.8125rem] break-all">{sha256}</code> <Link className="link inline-block min-h-6" href={readPath}>Read it again</Link></> },
        ]}
      />
      <TestIdentityNote isTest={await usesTestIdentity(now)} />
      <SignForm action={sign} agreementId={agreement.id} sha256={sha256} name={signatory.name} partyName={partyName} readPath={readPath} />
    </PageBody>
  );
}
