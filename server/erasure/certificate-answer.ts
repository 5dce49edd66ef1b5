import { z } from 'zod';
import { type Actor } from '@/domain/actor';
import { invalidField } from '@/domain/errors';
import { fileAnswer } from '../http/file-answer';
import { renderCertificatePdf } from './certificate-pdf';
import { getCertificate } from './get-erasure';

export const certificateParams = z.object({ reference: z.string(), orderId: z.string() });

type Asked = { readonly actor: Actor; readonly params: z.output<typeof certificateParams>; readonly request: Request; readonly part: 'json' | 'sig' | 'pdf' };

/** `?edition=1` or `2`; the latest where it is left out. */
function editionOf(request: Request): number | undefined {
  const text = new URL(request.url).searchParams.get('edition');
  if (text === null) return undefined;
  if (text !== '1' && text !== '2') throw invalidField('edition', 'The edition is 1 or 2.');
  return Number(text);
}

/** One part of a certificate as a file: exactly the signed bytes (`json`), the 64 bytes of the signature (`sig`), or the PDF for reading. */
export async function certificateAnswer({ actor, params, request, part }: Asked): Promise<Response> {
  const certificate = await getCertificate({ actor, ...params, edition: editionOf(request) });
  switch (part) {
    case 'json':
      return fileAnswer(Buffer.from(certificate.payload, 'utf8'), { type: 'application/json', fileName: 'certificate.json' });
    case 'sig':
      return fileAnswer(Buffer.from(certificate.signature, 'base64'), { type: 'application/octet-stream', fileName: 'certificate.sig' });
    case 'pdf':
      return fileAnswer(await renderCertificatePdf(certificate), { type: 'application/pdf', fileName: 'certificate.pdf' });
  }
}
