import { FileText } from 'lucide-react';
import { type Metadata } from 'next';
import { Prose } from '@/components/content/prose';
import { PageBody } from '@/components/shell/page-body';
import { DescriptionList } from '@/components/ui/description-list';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { renderMarkdown } from '@/server/content/render-markdown';
import { NDA_FIELD_LABELS, ndaValues } from '@/server/nda/nda-fields';
import { readAgreement } from '@/server/nda/read-agreement';
import { enterSigning, orEnded, type SigningParams } from '../../enter-signing';

export const metadata: Metadata = { title: 'Read the agreement' };

/** The whole text as a page, and the very PDF that is signed, with its hash. */
export default async function ReadAgreementPage({ params }: SigningParams) {
  const { key, session, now } = await enterSigning(params, 'sign');
  const copy = await orEnded(readAgreement({ key, now }));
  const { html } = renderMarkdown({ source: copy.template.source, values: ndaValues(copy.fields), blanks: NDA_FIELD_LABELS });
  const base = `/signing/${copy.agreementId}`;
  return (
    <PageBody width="narrow">
      <PageHeading caption={`Signing for ${session.agreement.partyName ?? 'your organization'}`} title={copy.template.title} lead="Read all of it. What you sign is the PDF; this page has the same text." />
      <Panel id="document" title="The document">
        <div className="space-y-4">
          <DescriptionList
            items={[
              { term: 'Version', details: copy.template.version },
              { term: 'SHA-256', details: <code className="font-mono text-[0.8125rem] break-all">{copy.sha256}</code> },
            ]}
          />
          <LinkButton href={`${base}/document.pdf`} download="" target="_blank" rel="noopener" variant="secondary">
            <FileText aria-hidden className="size-4" /> Open the PDF
          </LinkButton>
        </div>
      </Panel>
      <Panel id="text" title="The text">
        <Prose html={html} />
      </Panel>
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`${base}/sign?read=${copy.sha256}`}>I have read it: go on to sign</LinkButton>
        <LinkButton href={`${base}/forward`} variant="secondary">Somebody else has to sign</LinkButton>
        <LinkButton href={`${base}/decline`} variant="secondary">Decline</LinkButton>
      </div>
    </PageBody>
  );
}
