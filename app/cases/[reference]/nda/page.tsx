import { Download, PenLine, Send, Upload } from 'lucide-react';
import { type Metadata } from 'next';
import { type ReactNode } from 'react';
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
import { renderMarkdown } from '@/server/content/render-markdown';
import { getEnv } from '@/server/env';
import { orNotFound } from '@/server/http/page-result';
import { caseNdaFields } from '@/server/nda/get-case-nda-pdf';
import { getNdaStep, type NdaStep } from '@/server/nda/get-nda-step';
import { NDA_FIELD_LABELS, ndaValues } from '@/server/nda/nda-fields';
import { type CaseParams, caseTitle, enterCase } from '../open-case-page';
import { chooseNdaAction } from './actions';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params, 'NDA');
}

/** The NDA step of a case: read it, download it, have it signed, or go on without (P-NDA). */
export default async function CaseNdaPage({ params }: CaseParams) {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  const isToDecide = step.status === 'open' && step.agreement === null && (step.underWay === null || step.underWay.state === 'draft');
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title="Mutual non-disclosure agreement"
        lead="A contract in which both sides promise to keep to themselves what they learn from each other while this case is worked on."
      />
      <NdaStanding {...step} />
      {step.template ? <OfferedTemplate step={step} template={step.template} /> : <EmptyState title="No NDA template is published yet">Ask support for one if you need it.</EmptyState>}
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

function OfferedTemplate({ step, template }: { readonly step: NdaStep; readonly template: Template }) {
  const { reference } = step;
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
          <LinkButton href={`/cases/${reference}/nda/template.pdf`} download="" variant="secondary">
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
      {mayBegin(step) ? <WaysToSign step={step} supportEmail={supportEmail} /> : null}
      {mayReplace(step) ? (
        <details className="rounded border bg-surface p-4">
          <summary className="min-h-6 font-medium">Something in the agreement is not right any more</summary>
          <p className="mt-2 mb-4 max-w-[68ch] text-muted">Such as the legal name. The agreement stays in force until both sides have signed another one in its place.</p>
          <WaysToSign step={step} supportEmail={supportEmail} />
        </details>
      ) : null}
    </>
  );
}

/** Whether a new agreement may be begun: none is under way, and none is in force that is good for longer. */
function mayBegin({ status, underWay, agreement }: NdaStep): boolean {
  return status === 'open' && (underWay === null || underWay.state === 'draft') && (agreement === null || agreement.needsNewSignature);
}

/** Whether one that is in force and good for longer may be replaced, by a step that says so. */
function mayReplace(step: NdaStep): boolean {
  return step.agreement !== null && !mayBegin(step) && mayBegin({ ...step, agreement: null });
}

function WaysToSign({ step, supportEmail }: { readonly step: NdaStep; readonly supportEmail: string }) {
  const base = `/cases/${step.reference}/nda`;
  const how = step.agreement && !step.agreement.needsNewSignature ? `?replaces=${step.agreement.id}` : '';
  return (
    <Panel id="sign" title="Have it signed">
      <ul className="divide-y">
        <Way title="Sign now" text={`You may sign for ${step.organizationName} yourself. It takes some minutes, also on a phone.`} action={<LinkButton href={`${base}/sign${how}`}><PenLine aria-hidden className="size-4" /> Sign now</LinkButton>} />
        <Way title="Send to our signatory" text="Somebody else signs. They get a link by e-mail and need no account." action={<LinkButton href={`${base}/send${how}`} variant="secondary"><Send aria-hidden className="size-4" /> Send it</LinkButton>} />
        <Way title="Sign on paper" text="Download the PDF above, have it signed, and hand in a scan. Support looks at it before it counts." action={<LinkButton href={`${base}/paper-copy${how}`} variant="secondary"><Upload aria-hidden className="size-4" /> Upload a signed copy</LinkButton>} />
      </ul>
      <p className="mt-4 text-sm text-muted">
        Questions about the text: <a className="link" href={`mailto:${supportEmail}?subject=${encodeURIComponent(`NDA for case ${step.reference}`)}`}>{supportEmail}</a>. Please attach no diagnostic data to the message.
      </p>
    </Panel>
  );
}

function Way({ title, text, action }: { readonly title: string; readonly text: string; readonly action: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3 first:pt-0">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{title}</p>
        <p className="text-sm text-muted">{text}</p>
      </div>
      {action}
    </li>
  );
}
