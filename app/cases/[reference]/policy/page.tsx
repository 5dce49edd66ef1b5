import { type Metadata } from 'next';
import Link from 'next/link';
import { AcceptPolicyForm } from '@/components/case/accept-policy-form';
import { PolicyText } from '@/components/content/policy-text';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { portalContentValues } from '@/server/content/portal-content-values';
import { renderMarkdown } from '@/server/content/render-markdown';
import { orNotFound } from '@/server/http/page-result';
import { getPolicyStep, type PolicyStep } from '@/server/policy/get-policy-step';
import { type CaseParams, caseTitle, openCasePage } from '../open-case-page';
import { acceptPolicyAction } from './actions';

export async function generateMetadata({ params }: CaseParams): Promise<Metadata> {
  return caseTitle(params, 'Policy');
}

/** The policy step of a case: read the version in force, accept it. */
export default async function CasePolicyPage({ params }: CaseParams) {
  const { actor, view, now } = await openCasePage(params);
  const { reference } = view;
  const step = await orNotFound(getPolicyStep({ actor, now, reference }));
  const crumbs = [{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: 'Policy' }];
  if (!step.policy) {
    return (
      <PageBody>
        <Breadcrumbs items={crumbs} />
        <PageHeading title="Diagnostic data policy" />
        <EmptyState title="No version of the policy is in force yet">Nothing can be sent before there is one. Tell support.</EmptyState>
      </PageBody>
    );
  }
  const { policy } = step;
  const { blocks, headings } = renderMarkdown({ source: policy.source, values: portalContentValues() });
  const isToAccept = step.acceptance === null && step.status === 'open';
  return (
    <PageBody>
      <Breadcrumbs items={crumbs} />
      <PageHeading caption={<>Case <span className="font-mono">{reference}</span></>} title={policy.title} lead={policy.summary} />
      <StandingAlert step={step} />
      <PolicyText policy={policy} isInForce blocks={blocks} headings={headings} />
      {isToAccept ? (
        <Panel id="accept" title="Accept the policy for this case" className="max-w-[68ch]">
          <AcceptPolicyForm action={acceptPolicyAction} reference={reference} version={policy.version} sha256={policy.sha256} organizationName={view.organizationName} />
        </Panel>
      ) : (
        <LinkButton href={`/cases/${reference}`} variant="secondary">
          Back to the case
        </LinkButton>
      )}
    </PageBody>
  );
}

/** Where the case stands with the policy: accepted, changed since, not yet, or closed. */
function StandingAlert({ step: { acceptance, earlier, policy, status } }: { readonly step: PolicyStep }) {
  if (acceptance) {
    return (
      <Alert tone="success" title={`Accepted: version ${acceptance.version}`}>
        {acceptance.acceptedByName ?? 'A colleague'} accepted it for this case on <DateTime iso={acceptance.acceptedAt} />. There is nothing to do here.
      </Alert>
    );
  }
  if (status === 'closed') return <Alert title="The case is closed">There is nothing to accept.</Alert>;
  const [before] = earlier;
  if (before) {
    return (
      <Alert tone="warning" title={`Version ${policy?.version ?? ''} is new`}>
        <p>
          Version {before.version} was accepted for this case on <DateTime iso={before.acceptedAt} />. Files sent under it are handled as it says. Before more can be sent, the version in
          force has to be accepted.
        </p>
        <p>
          <Link className="link" href={`/policy/${before.version}`}>
            Read version {before.version}
          </Link>
          {' · '}
          <a className="link" href="#accept">
            Go to the box
          </a>
        </p>
      </Alert>
    );
  }
  return (
    <Alert title="Nothing can be sent before this policy is accepted">
      Read it, then tick the box at its end.{' '}
      <a className="link" href="#accept">
        Go to the box
      </a>
    </Alert>
  );
}
