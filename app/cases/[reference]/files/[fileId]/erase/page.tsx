import { type Metadata } from 'next';
import { redirect } from 'next/navigation';
import { fileTitle } from '@/components/case/case-files-table';
import { EraseForm } from '@/components/erasure/erase-form';
import { WhatGoes } from '@/components/erasure/what-goes';
import { PageBody } from '@/components/shell/page-body';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { caseTitle, openCasePage } from '../../../open-case-page';
import { orderErasureAction } from '../../../erase/actions';
import { type FileParams, openFile } from '../open-file-page';

export async function generateMetadata({ params }: FileParams): Promise<Metadata> {
  return caseTitle(params, 'Stop and erase a file');
}

/** Orders that one file is erased, or what was made of one that expired already. Where that was ordered, the file's own page says so. */
export default async function EraseFilePage({ params }: FileParams) {
  const { actor, view } = await openCasePage(params);
  const { reference } = view;
  const file = await openFile(actor, reference, (await params).fileId);
  const filePath = `/cases/${reference}/files/${file.id}`;
  if (file.state === 'erased' || file.erasureOrderedAt !== null) redirect(filePath);
  const scope = file.state === 'expired' ? 'results' : 'file';
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: fileTitle(file), href: filePath }, { label: 'Stop and erase' }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title={scope === 'results' ? 'Erase what was made of this file' : <>Stop and erase <span className="wrap-anywhere">{fileTitle(file)}</span></>}
        lead="You can do this at any time, without giving a reason. The other files of the case stay as they are."
      />
      <WhatGoes scope={scope} />
      <Panel id="confirm" title="Confirm">
        <EraseForm action={orderErasureAction} reference={reference} fileId={file.id} scope={scope} />
      </Panel>
    </PageBody>
  );
}
