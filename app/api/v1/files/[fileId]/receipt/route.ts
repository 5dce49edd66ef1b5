import { apiRoute } from '@/server/http/api-route';
import { fileParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';
import { getReceipt } from '@/server/receipt/get-receipt';
import { receiptDownload } from '@/server/receipt/receipt-download';

/** `?part=payload` and `?part=signature` give the exact bytes, for checking with openssl. */
export const GET = apiRoute({
  auth: 'session_or_upload_key',
  params: fileParams,
  handler: async ({ actor, params, request }) => {
    const receipt = await getReceipt({ actor, fileId: params.fileId });
    return receiptDownload(receipt, new URL(request.url).searchParams.get('part'));
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
