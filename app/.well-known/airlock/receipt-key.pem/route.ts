import { getReceiptKey } from '@/server/receipt/receipt-key';

export const dynamic = 'force-dynamic';

/** The public key of receipts, at an address that does not change. */
export function GET(): Response {
  return new Response(getReceiptKey().publicPem, { headers: { 'content-type': 'application/x-pem-file', 'cache-control': 'public, max-age=300' } });
}
