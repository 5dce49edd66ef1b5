import { type ReactNode } from 'react';
import { NDA_STATE_LABELS, type NdaState } from '@/domain/nda-agreement';
import { type AgreementView } from '@/domain/nda-agreement-view';
import { Badge } from '../ui/badge';
import { DateTime } from '../ui/date-time';
import { type Description, DescriptionList } from '../ui/description-list';
import { type Tone } from '../ui/tone';

const TONES: Readonly<Record<NdaState, Tone>> = { draft: 'neutral', sent: 'info', signed: 'info', in_force: 'success', paper_pending: 'info', paper_on_file: 'success', declined: 'warning', withdrawn: 'neutral', expired: 'warning', ended: 'neutral' };

/** The state of an agreement in a word. */
export function NdaStateBadge({ state }: { readonly state: NdaState }) {
  return <Badge tone={TONES[state]}>{NDA_STATE_LABELS[state]}</Badge>;
}

type Signature = AgreementView['signatures'][number];

const PARTIES = { customer: 'For the customer', vendor: 'For the vendor', portal_seal: 'Seal of the portal' } as const;
const hash = (sha256: string) => <code className="font-mono text-[0.8125rem] break-all">{sha256}</code>;
const when = (term: string, iso: string | null): Description[] => (iso ? [{ term, details: <DateTime iso={iso} /> }] : []);
const some = (term: string, details: ReactNode): Description[] => (details ? [{ term, details }] : []);

function signed({ party, name, title, at, timestampedAt }: Signature): Description {
  return {
    term: PARTIES[party],
    details: (
      <>
        {name ? <span dir="auto">{name}{title ? `, ${title}` : ''}</span> : null}
        <span className="block text-sm text-muted"><DateTime iso={at} seconds />{timestampedAt ? ', with a timestamp of an authority' : ', time of the portal'}</span>
      </>
    ),
  };
}

/** The facts of an agreement. A copy on paper is never called verified. */
export function AgreementFacts(view: AgreementView) {
  return (
    <DescriptionList
      items={[
        { term: 'State', details: <NdaStateBadge state={view.state} /> },
        { term: 'Covers', details: view.scope === 'organization' ? `Every case of ${view.organizationName}` : `Case ${view.caseReference ?? ''}` },
        ...some('Organization', view.partyName),
        ...some('Address', view.partyAddress),
        { term: 'Text', details: `${view.templateTitle}, version ${view.templateVersion}` },
        ...(view.signatory && view.signatures.length === 0 ? [{ term: 'Signatory', details: <><span dir="auto">{view.signatory.name}, {view.signatory.title}</span> <span className="block wrap-anywhere text-muted">{view.signatory.email}</span></> }] : []),
        ...view.signatures.map(signed),
        ...when('Begun', view.createdAt),
        ...when('Sent', view.sentAt),
        ...when('In force since', view.inForceFrom),
        ...when('Until', view.inForceUntil),
        ...some('Why', view.reason && <span className="whitespace-pre-wrap">{view.reason}</span>),
        ...some('SHA-256 of the file', view.sha256 && hash(view.sha256)),
        ...some('SHA-256 as read', view.readSha256 && hash(view.readSha256)),
        ...some('SHA-256 of the paper copy', view.paper && <>{hash(view.paper.sha256)} <span className="block text-sm text-muted">Signed on paper: the portal cannot check the signatures.</span></>),
      ]}
    />
  );
}
