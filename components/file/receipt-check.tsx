import Link from 'next/link';
import { RECEIPT_KEY_PATH, type ReceiptPayload } from '@/domain/receipt';
import { CodeBlock } from '../ui/code-block';
import { LinkButton } from '../ui/link-button';

/** One word of a POSIX shell, whatever is in it. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** How to check a receipt and the file without the portal: what to download, what to run. */
export function ReceiptCheck({ receipt, name }: { readonly receipt: ReceiptPayload; readonly name: string | null }) {
  const file = name ?? 'your-file';
  const address = `/api/v1/files/${receipt.fileId}/receipt`;
  return (
    <div className="space-y-4">
      <p>Everything is done on your own machine, now or in ten years: the receipt outlives the file.</p>
      <div className="flex flex-wrap gap-2 print:hidden">
        <LinkButton href={`${address}?part=payload`} download="receipt.json" variant="secondary" size="sm">
          receipt.json
        </LinkButton>
        <LinkButton href={`${address}?part=signature`} download="receipt.sig" variant="secondary" size="sm">
          receipt.sig
        </LinkButton>
        <LinkButton href={RECEIPT_KEY_PATH} download="receipt-key.pem" variant="secondary" size="sm">
          receipt-key.pem
        </LinkButton>
      </div>
      <CodeBlock
        label="Check the signature"
        caption="1. Is the receipt genuine? It has to say: Signature Verified Successfully"
        code={`curl -fsS -o receipt-key.pem ${receipt.portalUrl}${RECEIPT_KEY_PATH}\nopenssl pkeyutl -verify -pubin -inkey receipt-key.pem -rawin -in receipt.json -sigfile receipt.sig`}
      />
      <CodeBlock label="Check the file" caption="2. Is it about my file? It has to say: OK" code={`echo ${shellWord(`${receipt.rawSha256}  ${file}`)} | sha256sum -c -`} />
      <p className="text-sm text-muted">
        OpenSSL 3.0 or later. What each field means, and the same on Windows and macOS:{' '}
        <Link className="link" href="/guides/check-a-receipt">
          check a receipt
        </Link>
        .
      </p>
    </div>
  );
}
