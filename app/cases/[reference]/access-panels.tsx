import { RawAccessList } from '@/components/raw-access/raw-access-list';
import { SharingList } from '@/components/sharing/sharing-list';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DateTime } from '@/components/ui/date-time';
import { Panel } from '@/components/ui/panel';
import { type UserActor } from '@/domain/actor';
import { type SharingView } from '@/domain/sharing';
import { orNotFound } from '@/server/http/page-result';
import { listCaseRawAccess } from '@/server/raw-access/list-raw-access';
import { listCaseSharings } from '@/server/sharing/list-case-sharings';
import { approve, refuse, withdraw } from './sharing-actions';

export type AccessPanelsProps = { readonly actor: UserActor; readonly reference: string; readonly now: Date };

/** Who may see results of the case besides support, and who reached raw bytes: each with what they saw (P-SHARE, P-LIMITED). Nothing where there was nobody. */
export async function AccessPanels({ actor, reference, now }: AccessPanelsProps) {
  const sharings = await orNotFound(listCaseSharings({ actor, now, reference }));
  const grants = await orNotFound(listCaseRawAccess({ actor, now, reference }));
  return (
    <>
      {sharings.length === 0 ? null : (
        <Panel id="sharing" title="Sharing with subcontractors" flush>
          <SharingList sharings={sharings} actionsFor={(sharing) => <SharingActions sharing={sharing} />} />
        </Panel>
      )}
      {grants.length === 0 ? null : (
        <Panel id="raw-access" title="Access to your raw data" flush>
          <RawAccessList items={grants} heading={() => 'A data administrator'} />
        </Panel>
      )}
    </>
  );
}

function SharingActions({ sharing }: { readonly sharing: SharingView }) {
  const values = { sharingId: sharing.id };
  const recipient = <span className="font-medium wrap-anywhere">{sharing.recipientEmail}</span>;
  if (sharing.state === 'approved') {
    return (
      <ConfirmDialog triggerLabel="Withdraw" triggerSize="sm" title="Withdraw the approval?" confirmLabel="Withdraw it" pendingLabel="Withdrawing" tone="danger" action={withdraw} values={values}>
        <p>From this moment {recipient} sees nothing of it any more. What they have read, they have read: each view is listed here.</p>
      </ConfirmDialog>
    );
  }
  if (sharing.state !== 'asked') return null;
  return (
    <>
      <ConfirmDialog triggerLabel="Approve" triggerSize="sm" triggerVariant="primary" title="Share these results?" confirmLabel="Approve" pendingLabel="Approving" action={approve} values={values}>
        <p>
          {recipient} may see what was found in {sharing.files.length === 1 ? 'the one file' : `the ${sharing.files.length} files`} named here{sharing.withCaseNotes ? ', and notes about the case as a whole,' : ''} until <DateTime iso={sharing.endsAt} />.
        </p>
        <p className="whitespace-pre-wrap">What for: {sharing.purpose}</p>
        <p>They never get the files themselves. Each view is listed on this page, and you can withdraw at any time.</p>
      </ConfirmDialog>
      <ConfirmDialog triggerLabel="Refuse" triggerSize="sm" title="Refuse to share?" confirmLabel="Refuse" pendingLabel="Refusing" action={refuse} values={values}>
        <p>Nothing is shared, and the recipient is not told. Support is told that you refused.</p>
      </ConfirmDialog>
    </>
  );
}
