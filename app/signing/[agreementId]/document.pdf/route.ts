import { z } from 'zod';
import { cookieValue, signingCookie } from '@/server/auth/session-cookie';
import { apiRoute } from '@/server/http/api-route';
import { fileAnswer } from '@/server/http/file-answer';
import { getSigningDocument } from '@/server/nda/read-agreement';

/** The very PDF that is read and signed, for the browser that may sign it; afterwards the signed one. */
export const GET = apiRoute({
  auth: 'public',
  params: z.object({ agreementId: z.string() }),
  handler: async ({ actor, params, request, now }) => {
    const token = cookieValue(request.headers.get('cookie'), signingCookie().name);
    const key = { token, agreementId: params.agreementId, user: actor.kind === 'user' ? actor : null };
    const { pdf, fileName } = await getSigningDocument({ key, now });
    return fileAnswer(pdf, { type: 'application/pdf', fileName, inline: true });
  },
});
