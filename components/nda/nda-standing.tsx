import { NDA_STATE_LABELS, type NdaState } from '@/domain/nda-agreement';
import { Alert } from '../ui/alert';
import { DateTime } from '../ui/date-time';

export type NdaStandingProps = {
  readonly status: 'open' | 'closed';
  readonly required: boolean;
  readonly choice: 'undecided' | 'without' | 'sign_later';
  readonly chosenAt: string | null;
  readonly chosenByName: string | null;
  readonly underWay: { readonly id: string; readonly state: NdaState } | null;
  readonly agreement: { readonly id: string; readonly needsNewSignature: boolean; readonly scope: 'organization' | 'case'; readonly onPaper: boolean; readonly templateVersion: string; readonly inForceFrom: string | null; readonly inForceUntil: string | null } | null;
};

/** Where the case stands with the NDA. */
export function NdaStanding({ status, required, choice, chosenAt, chosenByName, agreement, underWay }: NdaStandingProps) {
  if (agreement) {
    return (
      <Alert tone="success" title={`An agreement ${agreement.onPaper ? 'on paper ' : ''}covers ${agreement.scope === 'organization' ? 'your organization' : 'this case'}`}>
        Version {agreement.templateVersion}
        {agreement.inForceFrom ? <>, in force since <DateTime iso={agreement.inForceFrom} /></> : null}
        {agreement.inForceUntil ? <>, until <DateTime iso={agreement.inForceUntil} /></> : null}
        . {agreement.needsNewSignature ? 'A newer version of the text asks for a new signature; the agreement stays in force meanwhile.' : 'There is nothing to do here.'} <a className="link" href={`/nda/agreements/${agreement.id}`}>See the agreement</a>
      </Alert>
    );
  }
  if (underWay && underWay.state !== 'draft') {
    return (
      <Alert title={NDA_STATE_LABELS[underWay.state]}>
        An agreement that will cover this case is under way. <a className="link" href={`/nda/agreements/${underWay.id}`}>See where it stands</a>
      </Alert>
    );
  }
  if (status === 'closed') return <Alert title="The case is closed">There is nothing to decide.</Alert>;
  if (required) {
    return (
      <Alert tone="warning" title="This case needs a signed NDA">
        Support marked it so. Nothing can be sent before the agreement is signed, and going on without is not possible. If you think this is a mistake, ask support.
      </Alert>
    );
  }
  if (choice === 'undecided') return <Alert title="The NDA is optional">It is offered before you send anything. Read it, then choose how to go on.</Alert>;
  return (
    <Alert title={choice === 'without' ? 'You go on without an NDA' : 'You put the NDA off'}>
      {chosenByName ?? 'A colleague'} chose so{chosenAt ? <> on <DateTime iso={chosenAt} /></> : null}. You can change it below.
    </Alert>
  );
}
