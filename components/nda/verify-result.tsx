import { type KnownDocument, type Verdict, type VerificationAnswer, type VerifiedSignature } from '@/domain/nda-verification';
import { NDA_STATE_LABELS } from '@/domain/nda-agreement';
import { Alert, type AlertTone } from '../ui/alert';
import { Badge } from '../ui/badge';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';

const VERDICTS: Readonly<Record<Verdict, { readonly tone: AlertTone; readonly words: string }>> = {
  VALID: { tone: 'success', words: 'the file as the portal stored it' },
  INTACT_UNKNOWN_SIGNER: { tone: 'info', words: 'intact, but not known here' },
  CHANGED_AFTER_SIGNING: { tone: 'warning', words: 'something was added' },
  BROKEN: { tone: 'danger', words: 'a signature does not hold' },
  UNSIGNED: { tone: 'info', words: 'no electronic signature' },
};
/** Known and intact, but not what both sides have. */
const EARLIER = { tone: 'info', words: 'an earlier version, as the customer alone had signed it' } as const;
const FIELDS: Readonly<Record<string, string>> = { customer: 'Customer', vendor: 'Vendor', seal: 'Seal of the portal' };

const time = (iso: string | null) => (iso === null ? 'not stated' : <DateTime iso={iso} seconds />);

/** What the hash alone says. */
export function KnownResult({ known }: { readonly known: KnownDocument | null }) {
  if (!known) {
    return (
      <Alert tone="warning" title="The portal does not know this file">
        <p>It is not, byte for byte, an agreement that was signed here. It may have been changed, saved anew, printed or scanned, or have been made elsewhere. A copy that was signed on paper is never known here. Its signatures can still be checked.</p>
      </Alert>
    );
  }
  return (
    <Alert tone={known.signedByBothSides ? 'success' : 'info'} title={known.isEarlierVersion ? 'The portal knows this file: an earlier version' : 'The portal knows this file'}>
      <p>{known.isEarlierVersion ? 'It is, byte for byte, the agreement as the customer had signed it, before the vendor did. Both sides have signed since: rely on the file that has both signatures and the seal.' : 'It is, byte for byte, an agreement as the portal stored it.'}</p>
      <DescriptionList
        items={[
          { term: 'Signed by', details: known.signedByBothSides ? 'Both sides' : 'The customer only' },
          { term: 'Customer signed', details: time(known.signedAt) },
          ...(known.inForceFrom ? [{ term: 'In force from', details: time(known.inForceFrom) }] : []),
          { term: known.isEarlierVersion ? 'State of the agreement' : 'State', details: NDA_STATE_LABELS[known.state] },
          ...(known.endedAt ? [{ term: 'Ended', details: time(known.endedAt) }] : []),
        ]}
      />
    </Alert>
  );
}

function Signature({ signature, at }: { readonly signature: VerifiedSignature; readonly at: number }) {
  const { field, signerName, signedAt, intact, coversWholeDocument, trustedBy, timestamp } = signature;
  return (
    <li className="rounded border bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 font-semibold break-words">{`${at}. ${field === null ? 'Signature' : (FIELDS[field] ?? field)}`}</h3>
        <Badge tone={intact ? 'success' : 'danger'}>{intact ? 'Intact' : 'Not intact'}</Badge>
      </div>
      <DescriptionList
        items={[
          { term: 'Name', details: signerName ? <bdi>{signerName}</bdi> : 'not readable' },
          { term: 'Time', details: time(signedAt) },
          ...(timestamp ? [{ term: 'Timestamp', details: <><DateTime iso={timestamp.at} seconds /> by <bdi>{timestamp.authority}</bdi></> }] : []),
          { term: 'Certificate', details: trustedBy === 'portal' ? 'This portal vouches for it' : 'This portal does not vouch for it' },
          { term: 'Covers', details: coversWholeDocument ? 'The whole document' : 'The document as it was when this was signed' },
        ]}
      />
    </li>
  );
}

/** What a check of the signatures says. */
export function VerdictResult({ answer }: { readonly answer: VerificationAnswer }) {
  const { tone, words } = answer.known?.isEarlierVersion ? EARLIER : VERDICTS[answer.verdict];
  return (
    <div className="space-y-4">
      <Alert tone={tone} title={`${answer.verdict}: ${words}`}>{answer.sentence}</Alert>
      {answer.signatures.length > 0 ? (
        <section aria-labelledby="signatures-title" className="space-y-3">
          <h2 id="signatures-title" className="font-semibold">Signatures, oldest first</h2>
          <ol className="space-y-3">
            {answer.signatures.map((signature, index) => <Signature key={index} signature={signature} at={index + 1} />)}
          </ol>
        </section>
      ) : null}
    </div>
  );
}
