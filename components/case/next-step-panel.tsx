import { ArrowRight, Hourglass } from 'lucide-react';
import { type NextStep } from '@/domain/case-tasks';
import { LinkButton } from '../ui/link-button';

/** The one next step of a case, or what is being waited for. */
export function NextStepPanel({ reference, step }: { readonly reference: string; readonly step: NextStep }) {
  return (
    <section aria-labelledby="next-step-title" className="rounded border border-accent/40 bg-accent-tint p-4 sm:p-5">
      <p className="text-sm font-medium text-accent">{step.kind === 'do' ? 'Next step' : 'Nothing to do for you'}</p>
      <h2 id="next-step-title" className="mt-0.5 flex items-center gap-2 text-lg font-semibold">
        {step.kind === 'wait' ? <Hourglass aria-hidden className="size-4.5 flex-none text-muted" /> : null}
        {step.label}
      </h2>
      <p className="mt-1 max-w-[62ch] text-muted">{step.why}</p>
      {step.kind === 'do' ? (
        <LinkButton href={`/cases/${reference}${step.path}`} className="mt-4">
          {step.label} <ArrowRight aria-hidden className="size-4" />
        </LinkButton>
      ) : null}
    </section>
  );
}
