import { count } from '@/domain/words';
export type PromiseBoardProps = { readonly rawDays: number; readonly analysisDays: number; readonly manualDays: number };

const days = (number: number) => count(number, 'day', 'days');

const PROMISES = [
  { id: 'P-PUSH', text: 'You push; nothing is pulled from your systems.' },
  { id: 'P-TRANSIT', text: 'Encrypted on the way and where it lies.' },
  { id: 'P-REGION', text: 'Received, stored and processed in eu\u2011west\u20111 (Ireland) only.' },
  { id: 'P-NOCOPY', text: 'Support reads results in the portal and cannot download your files.' },
  { id: 'P-SHARE', text: 'No subcontractor sees anything without your approval.' },
  { id: 'P-ERASE', text: 'You can stop the work and have everything erased at any time.' },
] as const;

/** What is promised, in numbers and sentences; each leads to its place in the policy. */
export function PromiseBoard({ rawDays, analysisDays, manualDays }: PromiseBoardProps) {
  const clocks = [
    { id: 'P-RAW-7', value: days(rawDays), text: 'raw files' },
    { id: 'P-AUTO-30', value: days(analysisDays), text: 'outputs of automated analysis' },
    { id: 'P-MANUAL-1', value: days(manualDays), text: 'outputs of manual analysis' },
  ];
  return (
    <div className="rounded border bg-surface">
      <p className="border-b px-4 py-2.5 font-semibold">Erased at the latest after</p>
      <dl className="grid divide-y sm:grid-cols-3 sm:divide-x sm:divide-y-0">
        {clocks.map((clock) => (
          <div key={clock.id} className="flex flex-row-reverse items-baseline justify-end gap-x-3 px-4 py-3 sm:flex-col-reverse">
            <dt className="text-sm text-muted">{clock.text}</dt>
            <dd className="text-2xl font-semibold tracking-tight whitespace-nowrap">
              <a href={`/policy#${clock.id}`} className="underline-offset-4 hover:underline">
                {clock.value}
              </a>
            </dd>
          </div>
        ))}
      </dl>
      <ul className="grid gap-x-8 border-t px-4 py-2 md:grid-cols-2">
        {PROMISES.map((promise) => (
          <li key={promise.id} className="py-1">
            <a href={`/policy#${promise.id}`} className="inline-block min-h-6 text-[0.9375rem] underline-offset-4 hover:underline">
              {promise.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
