import { Download } from 'lucide-react';
import { type Metadata } from 'next';
import Link from 'next/link';
import { ActionButton } from '@/components/account/action-button';
import { Prose } from '@/components/content/prose';
import { TemplateDifference } from '@/components/nda/template-difference';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { DescriptionList } from '@/components/ui/description-list';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { firstParam, type QueryParams } from '@/domain/query-params';
import { requireStaff } from '@/server/auth/current-actor';
import { renderMarkdown } from '@/server/content/render-markdown';
import { orNotFound } from '@/server/http/page-result';
import { NDA_FIELD_LABELS, ndaValues } from '@/server/nda/nda-fields';
import { vendorFields } from '@/server/nda/vendor-fields';
import { compareNdaTemplates, getNdaTemplate } from '@/server/nda/nda-templates';
import { makeDraft } from '../actions';

type Props = { readonly params: Promise<{ version: string }>; readonly searchParams: Promise<QueryParams> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `NDA template, version ${(await params).version}` };
}

/** One version of the text: as it is shown, and what differs from another one. */
export default async function NdaTemplatePage({ params, searchParams }: Props) {
  const actor = await requireStaff();
  const now = new Date();
  const template = await orNotFound(getNdaTemplate({ actor, now, version: (await params).version }));
  const from = firstParam(await searchParams, 'from');
  const diff = template.earlier.includes(from) ? await orNotFound(compareNdaTemplates({ actor, now, from, to: template.version })) : null;
  const { html } = renderMarkdown({ source: template.source, values: ndaValues(vendorFields()), blanks: NDA_FIELD_LABELS });
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'NDAs', href: '/desk/ndas' }, { label: 'Templates and signing', href: '/desk/nda-settings' }, { label: `Version ${template.version}` }]} />
      <PageHeading title={template.title} lead={template.summary} />
      <DescriptionList
        items={[
          { term: 'Version', details: template.version },
          { term: 'Published', details: <DateTime iso={template.publishedAt} /> },
          { term: 'SHA-256', details: <code className="font-mono text-[0.8125rem] break-all">{template.sha256}</code> },
          { term: 'New signature', details: template.requiresNewSignature ? 'Asked for: whoever signed an earlier version is asked to sign this one.' : 'Not asked for: agreements on earlier versions stay as they are.' },
          { term: 'Agreements', details: template.agreements },
        ]}
      />
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`/nda/${template.version}/template.pdf`} download="" variant="secondary"><Download aria-hidden className="size-4" /> Preview as PDF</LinkButton>
        <ActionButton action={makeDraft} values={{ version: template.version }} size="md" pendingLabel="Making it">Begin a draft from this version</ActionButton>
      </div>
      {template.earlier.length > 0 ? (
        <Panel id="compare" title="What differs">
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {template.earlier.map((version) => <li key={version}><Link className="link inline-block min-h-6" href={`?from=${version}`} aria-current={version === from ? 'true' : undefined}>from version {version}</Link></li>)}
          </ul>
          {diff ? <div className="mt-3"><TemplateDifference lines={diff} /></div> : null}
        </Panel>
      ) : null}
      <Panel id="text" title="The text"><Prose html={html} /></Panel>
    </PageBody>
  );
}
