import { CircleAlert, CircleCheck, CircleHelp, Dot, FlaskConical, type LucideIcon } from 'lucide-react';
import { type Evidence, type EvidenceState } from '@/domain/promises';
import { type Tone, TONE_TEXT } from '../ui/tone';

/** A fact has no verdict, and no word for one. */
type Look = { readonly icon: LucideIcon; readonly tone: Tone; readonly word: string | null };

const LOOKS: Readonly<Record<EvidenceState, Look>> = {
  kept: { icon: CircleCheck, tone: 'success', word: 'Kept' },
  broken: { icon: CircleAlert, tone: 'danger', word: 'Not kept' },
  unknown: { icon: CircleHelp, tone: 'warning', word: 'Not known' },
  demo: { icon: FlaskConical, tone: 'warning', word: 'Not in this demo' },
  fact: { icon: Dot, tone: 'neutral', word: null },
};

/** What was read just now of one promise, under the sentence that makes it. */
export function PromiseEvidence({ id, evidence }: { readonly id: string; readonly evidence: readonly Evidence[] }) {
  if (evidence.length === 0) return null;
  return (
    <aside aria-label={`Evidence for ${id}`} className="max-w-[68ch] border-l-2 border-accent pt-1.5 pb-1 pl-4 print:hidden">
      <ul className="space-y-1 text-sm">
        {evidence.map(({ state, sentence }) => (
          <EvidenceLine key={sentence} look={LOOKS[state]} sentence={sentence} />
        ))}
      </ul>
    </aside>
  );
}

function EvidenceLine({ look: { icon: Icon, tone, word }, sentence }: { readonly look: Look; readonly sentence: string }) {
  return (
    <li className="flex gap-2">
      <Icon aria-hidden className={`mt-0.5 size-4 flex-none ${TONE_TEXT[tone]}`} />
      <span className="text-muted">
        {word === null ? null : <span className={`font-medium ${TONE_TEXT[tone]}`}>{word}. </span>}
        {sentence}
      </span>
    </li>
  );
}
