import { CirclePlus, FolderOpen } from 'lucide-react';
import { type Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { type ReactNode } from 'react';
import { CaseTable } from '@/components/case/case-table';
import { PageBody } from '@/components/shell/page-body';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { listCases } from '@/server/case/list-cases';
import { orNotFound } from '@/server/http/page-result';

export const metadata: Metadata = { title: 'Cases' };

/** The customer's cases, each with what comes next. */
export default async function CasesPage() {
  const actor = await requireActor();
  if (may(actor, 'desk:read')) redirect('/desk');
  const cases = await orNotFound(listCases({ actor, now: new Date() }));
  const open = cases.filter(({ status }) => status === 'open');
  const closed = cases.filter(({ status }) => status === 'closed');
  const openButton = (
    <LinkButton href="/cases/new">
      <CirclePlus aria-hidden className="size-4" /> Open a case
    </LinkButton>
  );
  return (
    <PageBody width="wide">
      <PageHeading title="Cases" lead="One case for one problem. Files are sent for a case, used for nothing else, and erased on their date." actions={cases.length > 0 ? openButton : undefined} />
      {cases.length === 0 ? <NoCases action={openButton} /> : null}
      {open.length > 0 ? (
        <Panel id="open-cases" title="Open" flush>
          <CaseTable caption="Open cases" cases={open} />
        </Panel>
      ) : null}
      {closed.length > 0 ? (
        <Panel id="closed-cases" title="Closed" flush>
          <CaseTable caption="Closed cases" cases={closed} />
        </Panel>
      ) : null}
    </PageBody>
  );
}

function NoCases({ action }: { readonly action: ReactNode }) {
  return (
    <Panel flush>
      <EmptyState icon={FolderOpen} title="Your organization has no case yet" actions={action}>
        <p>
          A case describes one problem. You get a reference that can be read over the phone; then you read the policy, decide about the NDA, and send heap dumps, logs or backups straight
          from your browser.
        </p>
        <p>Not there yet? These guides show how to get what support will ask for:</p>
        <ul className="list-disc space-y-1 pl-5">
          <li>
            <Link className="link" href="/guides/take-a-heap-dump">
              Take a heap dump
            </Link>
            , now or at the next OutOfMemoryError
          </li>
          <li>
            <Link className="link" href="/guides/collect-logs">
              Find and collect logs
            </Link>
          </li>
          <li>
            <Link className="link" href="/guides/what-to-leave-out">
              What to leave out
            </Link>
          </li>
        </ul>
      </EmptyState>
    </Panel>
  );
}
