import { type CaseFacts } from '@/domain/case-tasks';
import { type DeskNda } from '@/domain/desk-cases';
import { Badge } from '../ui/badge';
import { type Tone } from '../ui/tone';

type Look = { readonly word: string; readonly tone: Tone; readonly meaning: string };

export const POLICY_LOOK: Readonly<Record<CaseFacts['policy'], Look>> = {
  accepted: { word: 'Accepted', tone: 'success', meaning: 'The version in force was accepted.' },
  outdated: { word: 'Outdated', tone: 'warning', meaning: 'An earlier version was accepted; nothing can be sent before the one in force is.' },
  not_accepted: { word: 'Not accepted', tone: 'warning', meaning: 'Nothing can be sent before it is accepted.' },
};

export const NDA_LOOK: Readonly<Record<DeskNda, Look>> = {
  in_force: { word: 'In force', tone: 'success', meaning: 'A signed agreement covers this case.' },
  waits_for_us: { word: 'Waits for us', tone: 'warning', meaning: 'The customer has signed, or handed in a paper copy: it waits on the page "NDAs" for the vendor.' },
  required: { word: 'Needed', tone: 'danger', meaning: 'Support marked the case as needing a signed NDA; nothing can be sent before it is signed.' },
  with_signatory: { word: 'Sent to sign', tone: 'info', meaning: 'The agreement is with the signatory of the customer; sending is possible meanwhile.' },
  without: { word: 'Without', tone: 'neutral', meaning: 'The customer went on without an NDA.' },
  sign_later: { word: 'Signing later', tone: 'info', meaning: 'The customer means to sign; sending is possible meanwhile.' },
  undecided: { word: 'Undecided', tone: 'neutral', meaning: 'The customer has not decided yet; sending is possible.' },
};

export function PolicyState({ policy }: { readonly policy: CaseFacts['policy'] }) {
  const look = POLICY_LOOK[policy];
  return <Badge tone={look.tone} title={look.meaning}>{look.word}</Badge>;
}

export function NdaState({ nda }: { readonly nda: DeskNda }) {
  const look = NDA_LOOK[nda];
  return <Badge tone={look.tone} title={look.meaning}>{look.word}</Badge>;
}
