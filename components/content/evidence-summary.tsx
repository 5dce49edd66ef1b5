import { type Evidence, type EvidenceState, PROMISE_IDS, PROMISE_TITLES, type PromiseId, worstState } from '@/domain/promises';
import { Alert, type AlertProps } from '../ui/alert';
import { DateTime } from '../ui/date-time';

type Group = { readonly state: EvidenceState; readonly tone: AlertProps['tone']; readonly title: (count: number) => string };

const GROUPS: readonly Group[] = [
  { state: 'broken', tone: 'danger', title: (count) => (count === 1 ? 'One promise is not kept just now' : `${count} promises are not kept just now`) },
  { state: 'unknown', tone: 'warning', title: (count) => (count === 1 ? 'The evidence for one promise could not be read just now' : `The evidence for ${count} promises could not be read just now`) },
  { state: 'demo', tone: 'warning', title: (count) => (count === 1 ? 'One promise does not hold in this demo' : `${count} promises do not hold in this demo`) },
];

export type EvidenceSummaryProps = { readonly readAt: string; readonly promises: Readonly<Record<PromiseId, readonly Evidence[]>> };

/** How the promises stand, the worst first, each leading to its place in the text. */
export function EvidenceSummary({ readAt, promises }: EvidenceSummaryProps) {
  const states = PROMISE_IDS.map((id) => ({ id, state: worstState(promises[id].map(({ state }) => state)) }));
  const groups = GROUPS.map((group) => ({ ...group, ids: states.filter(({ state }) => state === group.state).map(({ id }) => id) })).filter(({ ids }) => ids.length > 0);
  return (
    <section aria-label="How the promises stand" className="max-w-[68ch] space-y-3 print:hidden">
      {groups.map(({ state, tone, title, ids }) => (
        <Alert key={state} tone={tone} title={title(ids.length)}>
          <ul>
            {ids.map((id) => (
              <li key={id}>
                <a href={`#${id}`} className="link inline-block min-h-6">
                  {id}: {PROMISE_TITLES[id]}
                </a>
              </li>
            ))}
          </ul>
        </Alert>
      ))}
      <p className="text-sm text-muted">
        Under each promise stands what the portal can show for it, read from its storage, its database and its logs on <DateTime iso={readAt} seconds />.
      </p>
    </section>
  );
}
