import { type Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ReceiptCheck } from '@/components/file/receipt-check';
import { ReceiptDocument } from '@/components/file/receipt-document';
import { PrintButton } from '@/components/file/print-button';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { DateTime } from '@/components/ui/date-time';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/relative-time';
import { parseCaseReference } from '@/domain/case-reference';
import { may } from '@/domain/permissions';
import { requireActor } from '@/server/auth/current-actor';
import { orNotFound } from '@/server/http/page-result';
import { getReceipt } from '@/server/receipt/get-receipt';
import { caseTitle } from '../../../open-case-page';
import { type FileParams, openFile } from '../open-file-page';

export async function generateMetadata({ params }: FileParams): Promise<Metadata> {
  return caseTitle(params, 'Receipt');
}

/** The signed receipt of a verified file, for reading, printing and checking. Staff may read it too. */
export default async function ReceiptPage({ params }: FileParams) {
  const actor = await requireActor();
  const { reference: typed, fileId } = await params;
  const reference = parseCaseReference(typed);
  if (reference === null) notFound();
  const file = await openFile(actor, reference, fileId);
  const { content } = await orNotFound(getReceipt({ actor, fileId: file.id }));
  const isAtDesk = may(actor, 'desk:read');
  const casePath = isAtDesk ? `/desk/cases/${reference}` : `/cases/${reference}`;
  return (
    <PageBody>
      <Breadcrumbs
        items={[
          { label: 'Cases', href: isAtDesk ? '/desk' : '/cases' },
          { label: reference, href: casePath },
          ...(isAtDesk ? [] : [{ label: 'File', href: `${casePath}/files/${file.id}` }]),
          { label: 'Receipt' },
        ]}
      />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title="Receipt"
        lead={`${content.vendor} received this file whole: it was read back from storage to its end, and its content is what was announced.`}
        actions={<PrintButton />}
      />
      {file.dueAt ? (
        <p>
          {file.dueAt === content.dueAt ? 'Erased by ' : 'The date moved since the receipt was issued. Erased by '}
          <DateTime iso={file.dueAt} /> (<RelativeTime iso={file.dueAt} form="left" />)
        </p>
      ) : null}
      <ReceiptDocument receipt={content} name={file.name} />
      <Panel id="check" title="Check it without the portal">
        <ReceiptCheck receipt={content} name={file.name} />
      </Panel>
    </PageBody>
  );
}
