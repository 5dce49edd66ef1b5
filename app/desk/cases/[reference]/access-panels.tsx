import { RawAccessList } from '@/components/raw-access/raw-access-list';
import { AskForSharing } from '@/components/sharing/ask-for-sharing';
import { SharingList } from '@/components/sharing/sharing-list';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { type UserActor } from '@/domain/actor';
import { type DeskCaseView } from '@/domain/desk-case';
import { may } from '@/domain/permissions';
import { SHAREABLE_STATES } from '@/domain/sharing';
import { orNotFound } from '@/server/http/page-result';
import { listCaseRawAccess } from '@/server/raw-access/list-raw-access';
import { listCaseSharings } from '@/server/sharing/list-case-sharings';
import { askToShare, withdrawSharingAtDesk } from './sharing-actions';

export type AccessPanelsProps = { readonly actor: UserActor; readonly view: DeskCaseView; readonly now: Date };

/** What is shared of the case and who reached raw bytes; support asks to share from here, a data administrator goes on to ask for raw access. */
export async function AccessPanels({ actor, view, now }: AccessPanelsProps) {
  const { reference } = view;
  const sharings = await orNotFound(listCaseSharings({ actor, now, reference }));
  const grants = await orNotFound(listCaseRawAccess({ actor, now, reference }));
  const mayShare = may(actor, 'sharing:ask');
  const files = view.files.filter(({ state }) => SHAREABLE_STATES.includes(state)).map(({ id, name, kind, rawSizeBytes, state }) => ({ fileId: id, name, kind, rawSizeBytes, state }));
  const mayAskRaw = may(actor, 'raw:ask');
  return (
    <>
      {sharings.length === 0 ? null : (
        <Panel id="sharing" title="Sharing with subcontractors" flush>
          <SharingList
            sharings={sharings}
            labels={{ asked: 'Waits for the customer' }}
            actionsFor={({ id, state }) =>
              mayShare && (state === 'asked' || state === 'approved') ? (
                <ConfirmDialog triggerLabel="Withdraw" triggerSize="sm" title="Withdraw this sharing?" confirmLabel="Withdraw it" pendingLabel="Withdrawing" action={withdrawSharingAtDesk} values={{ sharingId: id }}>
                  <p>The recipient sees nothing of it any more, and the customer is told.</p>
                </ConfirmDialog>
              ) : null
            }
          />
        </Panel>
      )}
      {mayShare && view.status === 'open' && files.length > 0 ? (
        <Panel id="ask-to-share" title="Ask to share results">
          <AskForSharing reference={reference} files={files} action={askToShare} />
        </Panel>
      ) : null}
      {grants.length === 0 && !mayAskRaw ? null : (
        <Panel id="raw-access" title="Raw access" flush actions={mayAskRaw && view.status === 'open' ? <LinkButton href={`/desk/raw-access?case=${reference}`} variant="secondary" size="sm">Ask for raw access</LinkButton> : undefined}>
          {grants.length === 0 ? <p className="px-4 py-3 text-muted">Nobody reached the raw data of this case.</p> : <RawAccessList items={grants} heading={() => 'A data administrator'} />}
        </Panel>
      )}
    </>
  );
}
