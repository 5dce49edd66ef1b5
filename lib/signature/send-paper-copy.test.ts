import { describe, expect, it } from 'vitest';
import { MAX_PAPER_COPY_BYTES } from '@/domain/nda-agreement';
import { sendPaperCopy } from './send-paper-copy';

const form = (file?: File) => {
  const data = new FormData();
  if (file) data.set('copy', file);
  return data;
};
const answering = (status: number, body: unknown) => (() => Promise.resolve(Response.json(body, { status }))) as typeof fetch;
const copy = new File(['%PDF-'], 'scan.pdf');

describe('handing in a paper copy', () => {
  it('sends nothing where no file was chosen', async () => {
    const answer = await sendPaperCopy('AL-1', form(), () => Promise.reject(new Error('was sent')));
    expect(answer).toMatchObject({ ok: false, state: { fields: { copy: ['Choose the file of the signed copy.'] } } });
  });

  it('sends nothing of what is too large', async () => {
    const answer = await sendPaperCopy('AL-1', form(new File([new Uint8Array(MAX_PAPER_COPY_BYTES + 1)], 'scan.pdf')), () => Promise.reject(new Error('was sent')));
    expect(answer).toMatchObject({ ok: false, state: { fields: { copy: [expect.stringContaining('20 MB')] } } });
  });

  it('leads to the agreement, or says beside the file what is wrong with it', async () => {
    expect(await sendPaperCopy('AL-1', form(copy), answering(201, { agreementId: 'a' }))).toEqual({ ok: true, path: '/nda/agreements/a' });
    expect(await sendPaperCopy('AL-1', form(copy), answering(422, { code: 'paper_copy_refused', detail: 'Send a PDF.' }))).toMatchObject({ ok: false, state: { code: 'paper_copy_refused', fields: { copy: ['Send a PDF.'] } } });
    expect(await sendPaperCopy('AL-1', form(copy), answering(422, { code: 'validation_failed', detail: 'Correct.', fields: [{ path: 'partyName', message: 'Enter it.' }] }))).toMatchObject({ state: { fields: { partyName: ['Enter it.'] } } });
  });

  it('loses nothing where the portal does not answer', async () => {
    expect(await sendPaperCopy('AL-1', form(copy), () => Promise.reject(new TypeError('offline')))).toMatchObject({ ok: false, state: { message: expect.stringContaining('try again') as string } });
  });
});
