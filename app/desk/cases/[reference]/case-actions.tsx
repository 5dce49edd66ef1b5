import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DeskCaseView } from '@/domain/desk-case';
import { close, markNdaNeeded, markNdaNotNeeded, reopen } from './actions';

type CaseActionsProps = { readonly view: DeskCaseView; readonly mayClose: boolean; readonly mayRequireNda: boolean };

/** What support can change about a case; each asks first and says what follows from it. */
export function CaseActions({ view, mayClose, mayRequireNda }: CaseActionsProps) {
  const values = { reference: view.reference };
  return (
    <>
      {mayRequireNda && view.status === 'open' && !view.ndaRequired ? (
        <ConfirmDialog triggerLabel="Require an NDA" triggerSize="sm" title="Require a signed NDA?" confirmLabel="Require it" pendingLabel="Marking" action={markNdaNeeded} values={values}>
          <p>Nothing more can be sent in this case before a signed NDA is in force. The customer is told. You can take this back.</p>
        </ConfirmDialog>
      ) : null}
      {mayRequireNda && view.status === 'open' && view.ndaRequired ? (
        <ConfirmDialog triggerLabel="NDA not needed" triggerSize="sm" title="Let the case go on without a signed NDA?" confirmLabel="It is not needed" pendingLabel="Marking" action={markNdaNotNeeded} values={values}>
          <p>The customer may then send files without a signed NDA. They are told.</p>
        </ConfirmDialog>
      ) : null}
      {mayClose && view.status === 'open' ? (
        <ConfirmDialog triggerLabel="Close the case" triggerSize="sm" title="Close this case?" confirmLabel="Close it" pendingLabel="Closing" action={close} values={values}>
          <p>It takes no more files. What was sent is erased on its date, not before. The customer is told. You can open the case again.</p>
        </ConfirmDialog>
      ) : null}
      {mayClose && view.status === 'closed' && view.erasureOrderedAt === null ? (
        <ConfirmDialog triggerLabel="Open again" triggerSize="sm" title="Open this case again?" confirmLabel="Open it again" pendingLabel="Opening" action={reopen} values={values}>
          <p>The customer can send files again, and is told.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}
