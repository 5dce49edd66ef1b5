import { sendScriptResponse } from '@/server/http/send-script-response';

export const dynamic = 'force-dynamic';

/** The PowerShell script that sends files without a browser. Public: it holds nothing but the portal's address. */
export function GET(): Response {
  return sendScriptResponse('send.ps1');
}
