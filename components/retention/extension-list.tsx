import { type ExtensionView, type ExtensionState, isOpenExtension } from '@/domain/retention';
import { lowerFirst } from '@/domain/words';
import { type FormAction } from '@/lib/form-state';
import { Badge } from '../ui/badge';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { DateTime } from '../ui/date-time';
import { type Tone } from '../ui/tone';

type Look = { readonly word: string; readonly tone: Tone; readonly meaning: string };

/** Word and tone of each state of an extension: the one place that decides them. */
const EXTENSION_LOOK: Readonly<Record<ExtensionState, Look>> = {
  proposed: { word: 'Proposed', tone: 'info', meaning: 'The notice is on its way; the date has not moved yet.' },
  effective: { word: 'In effect', tone: 'success', meaning: 'The notice was mailed, and the date moved.' },
  objected: { word: 'Objected to', tone: 'neutral', meaning: 'The customer objected, which ended it.' },
  withdrawn: { word: 'Taken back', tone: 'neutral', meaning: 'Support took it back.' },
  undeliverable: { word: 'Not delivered', tone: 'danger', meaning: 'The notice could not be mailed, so the date did not move.' },
  lapsed: { word: 'Lapsed', tone: 'neutral', meaning: 'The time was over, or erasure was ordered, before the notice was mailed.' },
};

export const daysInWords = (days: number) => (days === 1 ? 'one day' : `${days} days`);

/** What the reader may do about an extension that is proposed or in effect. */
export type ExtensionEnding = { readonly action: FormAction; readonly by: 'customer' | 'support' };

type ExtensionListProps = { readonly extensions: readonly ExtensionView[]; readonly ending: ExtensionEnding | null };

/** Extensions of one file: who, when, how long, why, and what became of it. */
export function ExtensionList({ extensions, ending }: ExtensionListProps) {
  return (
    <ul className="divide-y">
      {extensions.map((extension) => (
        <li key={extension.id} className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0">
          <div className="min-w-0 flex-1 basis-60">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {daysInWords(extension.days)} longer <Badge tone={EXTENSION_LOOK[extension.state].tone}>{EXTENSION_LOOK[extension.state].word}</Badge>
            </p>
            <p className="break-words whitespace-pre-wrap">{extension.reason ?? 'The reason was erased with the file.'}</p>
            <p className="text-sm text-muted">
              {extension.proposedBy}, <DateTime iso={extension.proposedAt} />. {EXTENSION_LOOK[extension.state].meaning}
              {extension.effectiveAt ? <> In effect since <DateTime iso={extension.effectiveAt} />.</> : null}
              {extension.endedAt ? <> Ended <DateTime iso={extension.endedAt} />{extension.endedBy ? ` by ${lowered(extension.endedBy)}` : ''}.</> : null}
            </p>
          </div>
          {ending && isOpenExtension(extension) ? <EndExtension extension={extension} ending={ending} /> : null}
        </li>
      ))}
    </ul>
  );
}

const lowered = (who: string) => (['You', 'A colleague'].includes(who) ? lowerFirst(who) : who);

function EndExtension({ extension, ending: { action, by } }: { readonly extension: ExtensionView; readonly ending: ExtensionEnding }) {
  const isCustomer = by === 'customer';
  return (
    <ConfirmDialog
      triggerLabel={isCustomer ? 'Object' : 'Take it back'}
      triggerSize="sm"
      title={isCustomer ? 'Object to this extension?' : 'Take this extension back?'}
      confirmLabel={isCustomer ? 'Object: end it' : 'Take it back'}
      pendingLabel="Ending it"
      tone={isCustomer ? 'danger' : 'primary'}
      action={action}
      values={{ extensionId: extension.id }}
    >
      <p>The extension by {daysInWords(extension.days)} ends, and the file is erased on its earlier date. Where that is past, it is erased within minutes.</p>
      <p>{isCustomer ? 'Support is told. You need not give a reason.' : 'The date on the customer\'s pages changes at once.'}</p>
    </ConfirmDialog>
  );
}
