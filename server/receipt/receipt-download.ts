import { invalidField } from '@/domain/errors';
import { type ReceiptResponse } from '@/domain/receipt';

function download(bytes: Uint8Array<ArrayBuffer>, name: string, type: string): Response {
  return new Response(bytes, { headers: { 'content-type': type, 'content-length': String(bytes.length), 'content-disposition': `attachment; filename="${name}"`, 'cache-control': 'no-store' } });
}

/**
 * A receipt as it is handed out: whole as JSON, or one part of it as a file with exactly the signed bytes (`payload`) or the 64
 * bytes of the signature (`signature`). Throws `validation_failed` for another part.
 */
export function receiptDownload(receipt: ReceiptResponse, part: string | null): Response {
  const { payload, signature, keyId, algorithm } = receipt;
  switch (part) {
    case null:
      return Response.json({ payload, signature, keyId, algorithm } satisfies ReceiptResponse, { headers: { 'cache-control': 'no-store' } });
    case 'payload':
      return download(new Uint8Array(Buffer.from(payload, 'utf8')), 'receipt.json', 'application/json');
    case 'signature':
      return download(new Uint8Array(Buffer.from(signature, 'base64')), 'receipt.sig', 'application/octet-stream');
    default:
      throw invalidField('part', 'The part is payload or signature.');
  }
}
