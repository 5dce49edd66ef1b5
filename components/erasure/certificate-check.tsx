import { RECEIPT_KEY_PATH } from '@/domain/receipt';
import { CodeBlock } from '../ui/code-block';
import { LinkButton } from '../ui/link-button';

export type CertificateCheckProps = { /** Address of the order's page. */ readonly address: string; readonly portalUrl: string; readonly editions: readonly number[] };

/** The certificate to take along, and how to check it without the portal. */
export function CertificateCheck({ address, portalUrl, editions }: CertificateCheckProps) {
  return (
    <div className="space-y-4">
      <p>Everything is done on your own machine, now or in ten years. What is signed is certificate.json, byte for byte; the PDF says the same for reading and filing.</p>
      {editions.map((edition) => (
        <div key={edition} className="flex flex-wrap items-center gap-2 print:hidden">
          {editions.length > 1 ? <span className="text-sm text-muted">Edition {edition}</span> : null}
          {(['certificate.pdf', 'certificate.json', 'certificate.sig'] as const).map((file) => (
            <LinkButton key={file} href={`${address}/${file}?edition=${edition}`} download={file} variant="secondary" size="sm" aria-label={editions.length > 1 ? `${file}, edition ${edition}` : undefined}>
              {file}
            </LinkButton>
          ))}
        </div>
      ))}
      <CodeBlock
        label="Check the signature"
        caption="Is the certificate genuine? It has to say: Signature Verified Successfully"
        code={`curl -fsS -o receipt-key.pem ${portalUrl}${RECEIPT_KEY_PATH}\nopenssl pkeyutl -verify -pubin -inkey receipt-key.pem -rawin -in certificate.json -sigfile certificate.sig`}
      />
      <p className="text-sm text-muted">OpenSSL 3.0 or later. The SHA-256 of each file in certificate.json is the one of its receipt, and what sha256sum says of your own copy.</p>
    </div>
  );
}
