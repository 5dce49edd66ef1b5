import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { parseCaseReference } from '@/domain/case-reference';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { getManualOutput } from '@/server/manual-output/list-manual-outputs';
import { caseTitle } from '../../open-case-page';

type OutputParams = { readonly params: Promise<{ reference: string; outputId: string }> };

export async function generateMetadata({ params }: OutputParams): Promise<Metadata> {
  return caseTitle(params, 'Result');
}

/** What support wrote about a file, for one day. Staff may read it too. */
export default async function OutputPage({ params }: OutputParams) {
  const actor = await requireActor();
  const { reference: typed, outputId } = await params;
  const reference = parseCaseReference(typed);
  const id = z.uuid().safeParse(outputId);
  if (reference === null || !id.success) notFound();
  const output = await orNotFound(getManualOutput({ actor, now: new Date(), outputId: id.data }));
  if (output.caseReference !== reference) notFound();
  const isAtDesk = may(actor, 'desk:read');
  const casePath = isAtDesk ? `/desk/cases/${reference}` : `/cases/${reference}`;
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: isAtDesk ? '/desk' : '/cases' }, { label: reference, href: casePath }, ...(output.fileId && !isAtDesk ? [{ label: 'File', href: `${casePath}/files/${output.fileId}` }] : []), { label: 'Result' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title={<span className="break-words">{output.title ?? (output.goneAt ? 'Result, erased' : 'Result')}</span>}
        lead={
          <>
            {output.writtenBy}, <DateTime iso={output.createdAt} />
            {output.body !== null && output.dueAt ? <>. Erased by <DateTime iso={output.dueAt} /> (<RelativeTime iso={output.dueAt} form="left" />)</> : null}
          </>
        }
      />
      {output.body === null ? (
        <Alert title={output.goneAt ? 'It is erased' : 'Its day is over'}>A result of manual analysis can be read for one day, or until its erasure is ordered. Ask support if you still need it.</Alert>
      ) : (
        <Panel id="result" title="Result">
          <pre className="max-w-full overflow-x-auto font-mono text-sm whitespace-pre-wrap break-words" tabIndex={0} role="group" aria-label="Text of the result">{output.body}</pre>
        </Panel>
      )}
    </PageBody>
  );
}
