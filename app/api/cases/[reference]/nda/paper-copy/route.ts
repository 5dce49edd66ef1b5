import { z } from 'zod';
import { AppError, invalidField } from '@/domain/errors';
import { MAX_PAPER_COPY_BYTES } from '@/domain/nda-agreement';
import { apiRoute } from '@/server/http/api-route';
import { formInput, parseForm } from '@/server/http/parse-form';
import { readCapped } from '@/server/http/read-json-body';
import { paperCopyInput, requireMayHandIn, submitPaperCopy } from '@/server/nda/paper-copy';

/** The fields of the form and the borders of its parts, besides the copy. */
const FORM_BYTES = 64 * 1024;

async function readForm(request: Request): Promise<FormData> {
  const bytes = await readCapped(request, MAX_PAPER_COPY_BYTES + FORM_BYTES).catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'body_too_large' ? new AppError('paper_copy_too_large') : error;
  });
  try {
    return await new Response(bytes, { headers: { 'content-type': request.headers.get('content-type') ?? '' } }).formData();
  } catch {
    throw new AppError('unsupported_media_type', { detail: 'Send the copy as a form (multipart/form-data).' });
  }
}

/** Takes a copy that was signed on paper, with whom it binds and what it covers. */
export const POST = apiRoute({
  auth: 'session',
  params: z.object({ reference: z.string() }),
  handler: async ({ actor, params, request, now }) => {
    await requireMayHandIn({ actor, reference: params.reference });
    const form = await readForm(request);
    const copy = form.get('copy');
    const parsed = parseForm(paperCopyInput, formInput(form));
    if (!parsed.ok) throw new AppError('validation_failed', { fields: Object.entries(parsed.fields).map(([path, [message = '']]) => ({ path, message })) });
    if (!(copy instanceof Blob) || copy.size === 0) throw invalidField('copy', 'Choose the file of the signed copy.');
    const bytes = new Uint8Array(await copy.arrayBuffer());
    return { status: 201, body: await submitPaperCopy({ actor, now, reference: params.reference, bytes, ...parsed.data }) };
  },
});
