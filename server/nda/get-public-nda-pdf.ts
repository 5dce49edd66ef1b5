import { AppError } from '@/domain/errors';
import { getDb } from '../db';
import { getEnv } from '../env';
import { renderNdaPdf } from './render-nda-pdf';

/** A published version never changes and everybody gets the same page, so it is drawn once in the life of a process. */
const drawn = new Map<string, Promise<Buffer>>();

/**
 * A published version of the NDA template as a PDF with the vendor's fields filled in and the customer's left open (P-NDA).
 * Unknown version: `not_found`. Public: no actor.
 */
export async function getPublicNdaPdf({ version, now }: { version: string; now: Date }): Promise<Buffer> {
  if (!/^\d{1,4}\.\d{1,4}$/.test(version)) throw new AppError('not_found');
  const template = await getDb().ndaTemplate.findFirst({
    where: { version, publishedAt: { lte: now } },
    select: { version: true, title: true, sha256: true, bodyMarkdown: true },
  });
  if (!template) throw new AppError('not_found');
  const known = drawn.get(template.sha256);
  if (known) return known;
  const { VENDOR_NAME, VENDOR_GOVERNING_LAW, VENDOR_SUPPORT_EMAIL } = getEnv();
  const drawing = renderNdaPdf({
    template: { title: template.title, version: template.version, sha256: template.sha256, source: template.bodyMarkdown },
    fields: { vendorName: VENDOR_NAME, governingLaw: VENDOR_GOVERNING_LAW, supportEmail: VENDOR_SUPPORT_EMAIL },
  });
  drawn.set(template.sha256, drawing);
  drawing.catch(() => drawn.delete(template.sha256));
  return drawing;
}
