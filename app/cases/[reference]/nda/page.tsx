import { Download, Mail } from 'lucide-react';
import { type Metadata } from 'next';
import { Prose } from '@/components/content/prose';
import { ChooseNdaForm } from '@/components/nda/choose-nda-form';
import { NdaStanding } from '@/components/nda/nda-standing';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { buttonClasses } from '@/components/ui/button-classes';
import { renderMarkdown } from '@/server/content/render-markdown';
import { getEnv } from '@/server/env';
import { orNotFound } from '@/server/http/page-result';
import { caseNdaFields } from '@/server/nda/get-case-nda-pdf';
import { getNdaStep, type NdaStep } from '@/server/nda/get-nda-step';
import { NDA_FIELD_LABELS, ndaValues } from '@/server/nda/nda-fields';
import { type CaseParams, enterCase } from '../open-case-page';
import { chooseNdaAction } from './actions';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return { title: `NDA, case ${(await params).reference}` };
}

/** The NDA step of a case: read it, download it, have it signed, or go on without (P-NDA). */
export default async function CaseNdaPage({ params }: CaseParams) {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  const isToDecide = step.status === 'open' && step.agreement === null;
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title="Mutual non-disclosure agreement"
        lead="A contract in which both sides promise to keep to themselves what they learn from each other while this case is worked on."
      />
      <NdaStanding {...step} />
      {step.template ? <OfferedTemplate step={step} template={step.template} isToDecide={isToDecide} /> : <EmptyState title="No NDA template is published yet">Ask support for one if you need it.</EmptyState>}
      {isToDecide && !step.required ? (
        <Panel id="choose" title="Or go on without signing">
          <ChooseNdaForm action={chooseNdaAction} reference={reference} choice={step.choice} />
        </Panel>
      ) : null}
      <LinkButton href={`/cases/${reference}`} variant="secondary">
        Back to the case
      </LinkButton>
    </PageBody>
  );
}

type Template = NonNullable<NdaStep['template']>;

function OfferedTemplate({ step, template, isToDecide }: { readonly step: NdaStep; readonly template: Template; readonly isToDecide: boolean }) {
  const { reference, required } = step;
  const supportEmail = getEnv().VENDOR_SUPPORT_EMAIL;
  const { html } = renderMarkdown({ source: template.source, values: ndaValues(caseNdaFields(step)), blanks: NDA_FIELD_LABELS });
  return (
    <>
      <Panel id="template" title={template.title}>
        <div className="space-y-4">
          <p>{template.summary}</p>
          <DescriptionList
            items={[
              { term: 'Version', details: template.version },
              { term: 'Published', details: <DateTime iso={template.publishedAt} /> },
              { term: 'SHA-256', details: <code className="font-mono text-[0.8125rem] break-all">{template.sha256}</code> },
            ]}
          />
          <LinkButton href={`/cases/${reference}/nda/template.pdf`} download="" variant={isToDecide && required ? 'primary' : 'secondary'}>
            <Download aria-hidden className="size-4" /> Download as PDF
          </LinkButton>
          <details className="border-t pt-3">
            <summary className="min-h-6 font-medium">Read it here</summary>
            <div className="mt-4">
              <Prose html={html} />
            </div>
          </details>
        </div>
      </Panel>
      {isToDecide ? (
        <Panel id="sign" title="Have it signed">
          <ol className="list-decimal space-y-1.5 pl-5">
            <li>Download the PDF. Your organization and this case are filled in.</li>
            <li>Have it signed by somebody who may sign contracts for {step.organizationName}.</li>
            <li>
              Send the signed copy to support. Support signs for its side and {required ? 'opens sending for this case; you get a notice.' : 'sends you the agreement signed by both.'}
            </li>
          </ol>
          <a href={`mailto:${supportEmail}?subject=${encodeURIComponent(`NDA for case ${reference}`)}`} className={buttonClasses('secondary', 'md', 'mt-4')}>
            <Mail aria-hidden className="size-4" /> Write to support
          </a>
          <p className="mt-2 text-sm text-muted">{supportEmail}. Quote the reference {reference}. Please attach no diagnostic data to the message.</p>
        </Panel>
      ) : null}
    </>
  );
}
