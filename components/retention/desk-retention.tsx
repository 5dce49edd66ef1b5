import { type OutputItem } from '@/domain/manual-output';
import { type ExtensionView } from '@/domain/retention';
import { type FormAction } from '@/lib/form-state';
import { DateTime } from '../ui/date-time';
import { RelativeTime } from '../ui/relative-time';
import { ExtendFile } from './extend-file';
import { ExtensionList } from './extension-list';
import { OutputList } from './output-list';
import { WriteOutput } from './write-output';

/** What the reader may do; null for what they may not. */
export type RetentionActions = { readonly extend: FormAction | null; readonly withdraw: FormAction | null; readonly write: FormAction | null };
export type DeskRetentionFacts = { readonly extensions: readonly ExtensionView[]; readonly outputs: readonly OutputItem[] };

type DeskRetentionProps = {
  readonly file: { readonly id: string; readonly dueAt: string | null; readonly isLookedAt: boolean };
  readonly reference: string;
  readonly facts: DeskRetentionFacts;
  readonly actions: RetentionActions;
};

/** On the desk: until when a file is kept, its extensions, and the results of manual analysis. */
export function DeskRetention({ file, reference, facts: { extensions, outputs }, actions }: DeskRetentionProps) {
  const mayWrite = actions.write !== null && file.isLookedAt;
  if (!file.dueAt && extensions.length === 0 && outputs.length === 0 && !mayWrite) return null;
  return (
    <div className="space-y-4">
      {file.dueAt ? (
        <p>
          Erased by <DateTime iso={file.dueAt} /> (<RelativeTime iso={file.dueAt} form="left" />)
        </p>
      ) : null}
      {extensions.length > 0 ? <ExtensionList extensions={extensions} ending={actions.withdraw && file.dueAt ? { action: actions.withdraw, by: 'support' } : null} /> : null}
      {outputs.length > 0 ? <OutputList reference={reference} outputs={outputs} /> : null}
      <div className="flex flex-wrap gap-2">
        {actions.extend && file.dueAt ? <ExtendFile fileId={file.id} action={actions.extend} /> : null}
        {mayWrite && actions.write ? <WriteOutput fileId={file.id} action={actions.write} /> : null}
      </div>
    </div>
  );
}
