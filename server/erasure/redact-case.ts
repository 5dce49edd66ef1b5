import { ERASED_TEXT, ERASED_TITLE, ERASED_WORD } from '@/domain/erasure';
import { touchCase } from '../case/touch-case';
import { type Tx } from '../db';

/**
 * Takes out of a case what people wrote in it: title, product, version, description, and what support's requests say. Environment, severity,
 * times and ids stay: they say nothing of the data. Shuts the case, for good.
 */
export async function redactCase(tx: Tx, { caseId, now }: { readonly caseId: string; readonly now: Date }): Promise<void> {
  await tx.case.updateMany({
    where: { id: caseId },
    data: { title: ERASED_TITLE, product: ERASED_WORD, productVersion: '', description: ERASED_TEXT, status: 'closed', erasureOrderedAt: now },
  });
  await tx.case.updateMany({ where: { id: caseId, closedAt: null }, data: { closedAt: now } });
  await touchCase(tx, caseId, now);
  await tx.fileRequest.updateMany({ where: { caseId }, data: { purpose: ERASED_TEXT } });
  await tx.fileRequest.updateMany({ where: { caseId, status: 'open' }, data: { status: 'withdrawn', endedAt: now } });
  // With whom something was shared, and who reached raw bytes, stays: it is the customer's own evidence.
  await tx.sharingRequest.updateMany({ where: { caseId }, data: { purpose: ERASED_TEXT } });
  await tx.rawAccessGrant.updateMany({ where: { caseId }, data: { reason: ERASED_TEXT } });
}

/** Texts that a notice of the case was told with, such as what support asks for; ids and words of the portal stay (why a file was quarantined is one of its words). */
const FREE_TEXTS = ['purpose', 'reason', 'title', 'name', 'fileName'] as const;

/** The same for what notices were told with, of a whole case or of one file. */
export async function redactNotices(tx: Tx, { caseId, fileId }: { readonly caseId: string; readonly fileId?: string }): Promise<void> {
  for (const key of FREE_TEXTS) {
    await tx.$executeRaw`
      update "Notice" set "data" = jsonb_set("data", array[${key}]::text[], to_jsonb(${ERASED_TEXT}::text))
      where "caseId" = ${caseId}::uuid and (${fileId ?? null}::uuid is null or "fileId" = ${fileId ?? null}::uuid)
        and "kind" <> 'file_quarantined' and jsonb_typeof("data" -> ${key}) = 'string' and "data" ->> ${key} <> ${ERASED_TEXT}`;
  }
}
