import { type OutputItem } from '@/domain/manual-output';
import { type ExtensionView, MAX_EXTENSION_DAYS } from '@/domain/retention';
import { type FormAction } from '@/lib/form-state';
import { DateTime } from '../ui/date-time';
import { Panel } from '../ui/panel';
import { RelativeTime } from '../ui/relative-time';
import { ExtensionList } from './extension-list';
import { OutputList } from './output-list';

type RetentionPanelProps = {
  readonly reference: string;
  readonly retention: { readonly dueAt: string | null; readonly extensions: readonly ExtensionView[]; readonly outputs: readonly OutputItem[] };
  /** Null once there is nothing left to object to. */
  readonly object: FormAction | null;
};

/** How long a file is kept, which extensions there were, and what support wrote about it: for its customer. */
export function RetentionPanel({ reference, retention: { dueAt, extensions, outputs }, object }: RetentionPanelProps) {
  return (
    <>
      {dueAt || extensions.length > 0 ? (
        <Panel id="retention" title="How long it is kept">
          <div className="space-y-4">
            {dueAt ? (
              <p>
                Erased by <DateTime iso={dueAt} /> (<RelativeTime iso={dueAt} form="left" />). Later only with a notice to you, at most {MAX_EXTENSION_DAYS} days at a time; you can object to it.
              </p>
            ) : null}
            {extensions.length > 0 ? <ExtensionList extensions={extensions} ending={object && dueAt ? { action: object, by: 'customer' } : null} /> : null}
          </div>
        </Panel>
      ) : null}
      {outputs.length > 0 ? (
        <Panel id="results" title="What support found">
          <OutputList reference={reference} outputs={outputs} />
        </Panel>
      ) : null}
    </>
  );
}
