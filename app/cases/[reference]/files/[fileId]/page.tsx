import { type Metadata } from 'next';
import { fileTitle } from '@/components/case/case-files-table';
import { FileFacts } from '@/components/file/file-facts';
import { FileStateBadge, FILE_STATE_LOOK } from '@/components/file/file-state-badge';
import { FileTimeline } from '@/components/file/file-timeline';
import { LostAlert } from '@/components/file/lost-alert';
import { SendFilesLink } from '@/components/file/send-files-link';
import { LiveRefresh } from '@/components/live/live-refresh';
import { PageBody } from '@/components/shell/page-body';
import { RetentionPanel } from '@/components/retention/retention-panel';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { ProgressBar } from '@/components/ui/progress-bar';
import { AbandonFile } from '@/components/upload/abandon-file';
import { PutLineSteps } from '@/components/upload/put-line-steps';
import { type ErasureSummary } from '@/domain/erasure';
import { type FileView } from '@/domain/file-view';
import { isLargeObject } from '@/domain/segment-layout';
import { formatBytes } from '@/lib/format/bytes';
import { listErasures } from '@/server/erasure/get-erasure';
import { getFileTimeline } from '@/server/file/get-file-timeline';
import { orNotFound } from '@/server/http/page-result';
import { getFileRetention } from '@/server/retention/get-file-retention';
import { caseTitle, openCasePage } from '../../open-case-page';
import { finishPutLineAction, renewPutLineAction } from '../by-curl/actions';
import { abandonFileAction, objectToExtensionAction } from './actions';
import { type FileParams, openFile } from './open-file-page';

export async function generateMetadata({ params }: FileParams): Promise<Metadata> {
  return caseTitle(params, 'File');
}

/** One file: where it stands, in words; its facts; its history. */
export default async function FilePage({ params }: FileParams) {
  const { actor, view, now } = await openCasePage(params);
  const { reference } = view;
  const file = await openFile(actor, reference, (await params).fileId);
  const erasures = file.erasureOrderedAt === null ? [] : await orNotFound(listErasures({ actor, reference }));
  const timeline = await orNotFound(getFileTimeline({ actor, fileId: file.id }));
  const retention = await orNotFound(getFileRetention({ actor, now, fileId: file.id }));
  const isErasing = file.erasureOrderedAt !== null;
  const isUnfinished = !isErasing && (file.state === 'reserved' || file.state === 'uploading');
  return (
    <PageBody>
      <Breadcrumbs items={[{ label: 'Cases', href: '/cases' }, { label: reference, href: `/cases/${reference}` }, { label: fileTitle(file) }]} />
      <PageHeading
        caption={<>Case <span className="font-mono">{reference}</span></>}
        title={<span className="wrap-anywhere">{fileTitle(file)}</span>}
        lead={<FileStateBadge state={file.state} dueAt={file.dueAt} lostAt={file.lostAt} isErasing={isErasing} />}
        actions={<LiveRefresh topic={{ caseId: view.id }} />}
      />
      {isErasing ? <Erasing file={file} reference={reference} erasures={erasures} /> : file.lostAt !== null ? <LostAlert reference={reference} maySend={view.maySend} /> : <Standing file={file} reference={reference} maySend={view.maySend} />}
      {isUnfinished && view.maySend && isSentByCurl(file) ? (
        <Panel id="curl-line" title="Send it with its curl line">
          <PutLineSteps fileId={file.id} renew={renewPutLineAction} finish={finishPutLineAction} />
        </Panel>
      ) : null}
      <RetentionPanel reference={reference} retention={retention} object={isErasing ? null : objectToExtensionAction} />
      <Panel id="facts" title="Facts">
        <FileFacts file={file} />
      </Panel>
      <Panel id="history" title="History">
        <FileTimeline entries={timeline} />
      </Panel>
      {isUnfinished ? <AbandonFile action={abandonFileAction} fileId={file.id} name={fileTitle(file)} /> : null}
      <div className="flex flex-wrap gap-3">
        <LinkButton href={`/cases/${reference}`} variant="secondary">
          Back to the case
        </LinkButton>
        {file.state !== 'erased' && !isErasing && view.erasureOrderedAt === null ? (
          <LinkButton href={`/cases/${reference}/files/${file.id}/erase`} variant="danger">
            {file.state === 'expired' ? 'Erase what was made of it…' : 'Stop and erase…'}
          </LinkButton>
        ) : null}
      </div>
    </PageBody>
  );
}

/** The order that the file is under, or was erased by. */
function Erasing({ file, reference, erasures }: { readonly file: FileView; readonly reference: string; readonly erasures: readonly ErasureSummary[] }) {
  const order = erasures.find(({ fileId }) => fileId === file.id) ?? erasures.find(({ scope }) => scope === 'case');
  const gone = file.state === 'expired' ? 'The file itself was erased on its date. What was made of it was erased on order, and nothing more is written about it.' : 'Every version of it was deleted and then seen to be absent.';
  return (
    <Alert tone={file.goneAt === null ? 'info' : 'success'} title={file.goneAt === null ? 'Being erased' : 'Erased on order'}>
      <p>{file.goneAt === null ? 'Its erasure was ordered. Work with it has stopped; every version is deleted and then looked for. This page updates by itself.' : gone}</p>
      {order ? (
        <LinkButton href={`/cases/${reference}/erasures/${order.orderId}`} variant="secondary" size="sm">
          {order.state === 'certified' ? 'See the certificate' : 'See the order'}
        </LinkButton>
      ) : null}
    </Alert>
  );
}

/** What the state means for the person who reads it, and what they can do. */
function Standing({ file, reference, maySend }: { readonly file: FileView; readonly reference: string; readonly maySend: boolean }) {
  switch (file.state) {
    case 'reserved':
    case 'uploading':
      return <Unfinished file={file} reference={reference} maySend={maySend} />;
    case 'stored':
      return <Alert title="Everything arrived and is being checked">The portal reads the whole file back from storage and compares it with what you sent. This page updates by itself.</Alert>;
    case 'verified':
    case 'analysed':
      return (
        <Alert tone="success" title="Arrived whole">
          <p>The portal read the file back to its end; it is what you sent. The receipt says so, signed, and can be checked without the portal.</p>
          {file.receiptUrl ? (
            <LinkButton href={file.receiptUrl} variant="secondary" size="sm">
              Open the receipt
            </LinkButton>
          ) : null}
        </Alert>
      );
    case 'quarantined':
      return (
        <Alert tone="danger" title="The file did not pass the check">
          <p>{file.stateReasonText ?? 'Its content is not what was announced.'} Nobody works with it, and it is erased on its date. Nothing is wrong with your own copy.</p>
          <SendFilesLink reference={reference} maySend={maySend}>Send the file again</SendFilesLink>
        </Alert>
      );
    default:
      return <Alert title={FILE_STATE_LOOK[file.state].word}>{FILE_STATE_LOOK[file.state].meaning}</Alert>;
  }
}

/** One object of a gzip file that a person began: its line can be issued again. A small one can be sent from a browser as well. */
function isSentByCurl(file: FileView): boolean {
  return file.state === 'uploading' && file.isSingleObject && file.encoding === 'gzip' && file.sentBy !== 'upload_key';
}

function Unfinished({ file, reference, maySend }: { readonly file: FileView; readonly reference: string; readonly maySend: boolean }) {
  const isFromServer = file.sentBy === 'upload_key';
  if (isLargeObject({ ...file, sizeBytes: file.rawSizeBytes })) return <Alert title="Not in storage yet">It is sent as one object by its curl line. Once curl has ended without an error, let the portal look.</Alert>;
  return (
    <Alert title={file.state === 'reserved' ? 'Nothing of it is in storage yet' : 'Not sent to the end'}>
      <p>
        {isFromServer
          ? 'A machine with an upload key began it. Run the same command there again to go on, or choose the file on the page for sending.'
          : 'Open the page for sending and choose the file again: it is recognised by name and size, and only what is missing is sent.'}
      </p>
      {file.rawSizeBytes === null ? null : (
        <ProgressBar label="Stored so far" value={file.storedRawBytes} max={file.rawSizeBytes} detail={`${formatBytes(file.storedRawBytes)} of ${formatBytes(file.rawSizeBytes)} stored`} />
      )}
      <SendFilesLink reference={reference} maySend={maySend}>Go on sending</SendFilesLink>
    </Alert>
  );
}
