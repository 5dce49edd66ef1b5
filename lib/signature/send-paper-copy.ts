import { MAX_PAPER_COPY_BYTES } from '@/domain/nda-agreement';
import { type FormState } from '../form-state';

type Problem = { readonly code?: string; readonly detail?: string; readonly reference?: string; readonly fields?: readonly { readonly path: string; readonly message: string }[] };
export type PaperCopyAnswer = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly state: FormState };

const refused = (message: string, fields: Record<string, string[]> = {}): PaperCopyAnswer => ({ ok: false, state: { ok: false, message, fields } });

function fromProblem({ code, detail, reference, fields = [] }: Problem): PaperCopyAnswer {
  const about = code?.startsWith('paper_copy') && detail ? [{ path: 'copy', message: detail }] : fields;
  return { ok: false, state: { ok: false, message: detail ?? 'The copy was not taken. Nothing was lost; try again.', fields: Object.fromEntries(about.map(({ path, message }) => [path, [message]])), ...(code ? { code } : {}), ...(reference ? { reference } : {}) } };
}

/** Hands a paper copy in. What is plainly wrong is said before anything is sent. */
export async function sendPaperCopy(reference: string, form: FormData, fetcher: typeof fetch = fetch): Promise<PaperCopyAnswer> {
  const copy = form.get('copy');
  if (!(copy instanceof File) || copy.size === 0) return refused('Choose the signed copy.', { copy: ['Choose the file of the signed copy.'] });
  if (copy.size > MAX_PAPER_COPY_BYTES) return refused('The copy is too large.', { copy: ['A copy may have 20 MB. Scan it in black and white, or at 200 dpi.'] });
  try {
    const response = await fetcher(`/api/cases/${encodeURIComponent(reference)}/nda/paper-copy`, { method: 'POST', body: form });
    const answer = (await response.json()) as Problem & { readonly agreementId?: string };
    return response.ok && answer.agreementId ? { ok: true, path: `/nda/agreements/${answer.agreementId}` } : fromProblem(answer);
  } catch {
    return refused('The portal did not answer. Nothing was handed in; try again.');
  }
}
