import { type Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { LiveRefresh } from '@/components/live/live-refresh';
import { AskForRawAccess } from '@/components/raw-access/ask-for-raw-access';
import { RawAccessList } from '@/components/raw-access/raw-access-list';
import { ReadOnce } from '@/components/raw-access/read-once';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { TextField } from '@/components/ui/text-field';
import { type UserActor } from '@/domain/actor';
import { parseCaseReference } from '@/domain/case-reference';
import { FILE_KIND_LABELS } from '@/domain/file-kinds';
import { may } from '@/domain/permissions';
import { choiceParam, firstParam, type QueryParams } from '@/domain/query-params';
import { type DeskRawAccess, RAW_READABLE_STATES } from '@/domain/raw-access';
import { requireStaff } from '@/server/auth/current-actor';
import { listCaseFiles } from '@/server/file/list-case-files';
import { orNotFound } from '@/server/http/page-result';
import { listRawAccess, type RawAccessGroup } from '@/server/raw-access/list-raw-access';
import { isSecondPersonNeeded } from '@/server/raw-access/second-person';
import { ask, claimRead, grant, refuseGrant, revoke } from './actions';

export const metadata: Metadata = { title: 'Raw access' };

const GROUPS = ['open', 'over'] as const satisfies readonly RawAccessGroup[];
const LABELS: Readonly<Record<RawAccessGroup, string>> = { open: 'Waiting and in force', over: 'Over' };

/** Who may reach raw bytes, of what, why and until when (P-LIMITED): for data administrators and administrators. */
export default async function RawAccessPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const actor = await requireStaff();
  if (!may(actor, 'raw:decide')) notFound();
  const query = await searchParams;
  const group = choiceParam(query, 'group', GROUPS, 'open');
  const items = await listRawAccess({ actor, now: new Date(), group });
  return (
    <PageBody width="wide">
      <PageHeading title="Raw access" lead="Nobody reaches raw data by default. Each access is of named files, for a stated reason and a few hours; the customer is told before a byte is read." actions={<LiveRefresh topic="desk" />} />
      {isSecondPersonNeeded() ? null : <Alert tone="warning" title="The second person is switched off">A data administrator's request is granted at once. The policy page shows this to customers.</Alert>}
      {may(actor, 'raw:ask') ? <AskPanel actor={actor} typed={firstParam(query, 'case')} /> : null}
      <Tabs label="Raw access by state" tabs={GROUPS.map((name) => ({ href: name === 'open' ? '/desk/raw-access' : `/desk/raw-access?group=${name}`, label: LABELS[name], isCurrent: name === group }))} />
      <div className="rounded border bg-surface">
        {items.length === 0 ? (
          <EmptyState title="Nothing here">{group === 'open' ? 'Nobody can reach raw data at this moment.' : 'What was refused, revoked or has ended appears here.'}</EmptyState>
        ) : (
          <RawAccessList
            items={items}
            heading={(item) => <Link className="link inline-block min-h-6 font-mono" href={`/desk/cases/${item.caseReference}`}>{item.caseReference}</Link>}
            more={(item) => [{ term: 'Asked by', details: item.isYours ? 'You' : (item.askedByName ?? 'a colleague') }, ...(item.approvedAt ? [{ term: 'Granted by', details: item.approvedByName ?? 'a colleague' }] : [])]}
            fileAction={(item, file) => (item.mayRead && file.readAt === null && RAW_READABLE_STATES.includes(file.state) ? <div className="mt-1"><ReadOnce grantId={item.id} fileId={file.fileId} what={file.name ?? FILE_KIND_LABELS[file.kind]} claim={claimRead} /></div> : null)}
            actionsFor={(item) => <GrantActions item={item} />}
          />
        )}
      </div>
    </PageBody>
  );
}

function GrantActions({ item }: { readonly item: DeskRawAccess }) {
  const values = { grantId: item.id };
  return (
    <>
      {item.mayDecide ? (
        <ConfirmDialog triggerLabel="Grant" triggerSize="sm" triggerVariant="primary" title="Grant raw access?" confirmLabel="Grant it" pendingLabel="Granting" action={grant} values={values}>
          <p>The hours begin now. The customer is told at once, with the reason. Each file can be read once.</p>
        </ConfirmDialog>
      ) : null}
      {item.mayDecide && !item.isYours ? (
        <ConfirmDialog triggerLabel="Refuse" triggerSize="sm" title="Refuse raw access?" confirmLabel="Refuse it" pendingLabel="Refusing" action={refuseGrant} values={values}>
          <p>Nothing can be read. Who asked is told.</p>
        </ConfirmDialog>
      ) : null}
      {item.mayRevoke ? (
        <ConfirmDialog triggerLabel={item.isYours ? 'Give it back' : 'Revoke'} triggerSize="sm" title={item.isYours ? 'Give the access back?' : 'Revoke the access?'} confirmLabel={item.isYours ? 'Give it back' : 'Revoke it'} pendingLabel="Ending" tone="danger" action={revoke} values={values}>
          <p>Nothing can be read under it any more; a read under way stops.</p>
        </ConfirmDialog>
      ) : null}
    </>
  );
}

/** First which case, then which of its files. */
async function AskPanel({ actor, typed }: { readonly actor: UserActor; readonly typed: string }) {
  const reference = parseCaseReference(typed);
  if (reference === null) {
    return (
      <Panel id="ask" title="Ask for raw access">
        <form method="get" className="flex flex-wrap items-end gap-3">
          <TextField name="case" label="Case reference" width="short" autoComplete="off" error={typed === '' ? undefined : ['Type a reference such as AL-7K3M-Q2ZD.']} defaultValue={typed} />
          <Button type="submit">Choose files</Button>
        </form>
      </Panel>
    );
  }
  const files = (await orNotFound(listCaseFiles({ actor, reference }))).filter(({ state }) => RAW_READABLE_STATES.includes(state));
  return (
    <Panel id="ask" title={<>Ask for raw access in <span className="font-mono">{reference}</span></>}>
      {files.length === 0 ? <p className="text-muted">No file of this case is stored.</p> : <AskForRawAccess reference={reference} files={files} action={ask} />}
    </Panel>
  );
}
