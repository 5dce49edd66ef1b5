import { redirect } from 'next/navigation';
import { type ReactNode } from 'react';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { DescriptionList } from '@/components/ui/description-list';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { type UserActor } from '@/domain/actor';
import { firstParam, type QueryParams } from '@/domain/query-params';
import { orNotFound } from '@/server/http/page-result';
import { getNdaStep, type NdaStep } from '@/server/nda/get-nda-step';
import { type CaseParams, enterCase } from '../open-case-page';

export type NdaFormParams = CaseParams & { readonly searchParams: Promise<QueryParams> };
type Agreement = NonNullable<NdaStep['agreement']>;
type NdaForm = {
  readonly actor: UserActor;
  readonly reference: string;
  readonly defaults: { readonly partyName: string; readonly scope: 'organization' };
  /** What covers the case already and is enough: it is shown in place of the form. */
  readonly inForce: Agreement | null;
  /** The agreement in force whose place the new one takes. */
  readonly replaces: string | undefined;
};

/** Begins a page on which an agreement is begun; one that is under way already is shown instead. */
export async function enterNdaForm({ params, searchParams }: NdaFormParams): Promise<NdaForm> {
  const { actor, reference, now } = await enterCase(params);
  const step = await orNotFound(getNdaStep({ actor, now, reference }));
  if (step.underWay && step.underWay.state !== 'draft') redirect(`/nda/agreements/${step.underWay.id}`);
  const replaces = step.agreement && firstParam(await searchParams, 'replaces') === step.agreement.id ? step.agreement.id : undefined;
  const isEnough = step.agreement !== null && !step.agreement.needsNewSignature && replaces === undefined;
  return { actor, reference, defaults: { partyName: step.organizationName, scope: 'organization' }, inForce: isEnough ? step.agreement : null, replaces };
}

type NdaFormPageProps = { readonly reference: string; readonly title: string; readonly lead: string; readonly inForce: Agreement | null; readonly replaces: string | undefined; readonly children: ReactNode };

/** The frame of such a page. */
export function NdaFormPage({ reference, title, lead, inForce, replaces, children }: NdaFormPageProps) {
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'NDA', href: `/cases/${reference}/nda` }, { label: title }]} />
      <PageHeading title={title} lead={inForce ? 'An agreement is in force already.' : lead} />
      {replaces ? <Alert title="It takes the place of the agreement in force">The present agreement stays in force until both sides have signed the new one, and ends at that moment. <a className="link" href={`/nda/agreements/${replaces}`}>See the present agreement</a></Alert> : null}
      {inForce ? <InForce agreement={inForce} reference={reference} /> : children}
    </PageBody>
  );
}

function InForce({ agreement, reference }: { readonly agreement: Agreement; readonly reference: string }) {
  const { id, scope, onPaper, templateVersion, inForceFrom, inForceUntil } = agreement;
  return (
    <>
      <Alert tone="success" title="There is nothing to sign">{scope === 'organization' ? 'The agreement of your organization covers this case.' : 'This case has an agreement of its own.'}</Alert>
      <DescriptionList
        items={[
          { term: 'Covers', details: scope === 'organization' ? 'Every case of your organization' : `Case ${reference}` },
          { term: 'Text', details: `Version ${templateVersion}${onPaper ? ', signed on paper' : ''}` },
          ...(inForceFrom ? [{ term: 'In force since', details: <DateTime iso={inForceFrom} /> }] : []),
          ...(inForceUntil ? [{ term: 'Until', details: <DateTime iso={inForceUntil} /> }] : []),
        ]}
      />
      <p className="max-w-[68ch]">Begin another one only where something in it is not right any more, such as the legal name. It takes the place of this one once both sides have signed it; until then this one holds.</p>
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`/nda/agreements/${id}`}>See the agreement</LinkButton>
        <LinkButton href={`?replaces=${id}`} variant="secondary">Begin another one in its place</LinkButton>
      </div>
    </>
  );
}
