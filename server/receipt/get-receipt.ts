import { type Actor } from '@/domain/actor';
import { AppError } from '@/domain/errors';
import { type ReceiptPayload, receiptPayload, type ReceiptResponse } from '@/domain/receipt';
import { fileScope } from '../case/case-scope';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';

export type ReceiptView = ReceiptResponse & { readonly content: ReceiptPayload };

/** The receipt of a file, as it was signed and as its fields. It outlives the file. Throws `not_found`, also before the file is verified. */
export async function getReceipt({ actor, fileId }: { readonly actor: Actor; readonly fileId: string }): Promise<ReceiptView> {
  requirePermission(actor, 'file:read');
  const row = await getDb().receipt.findFirst({ where: { fileId, file: fileScope(actor) }, select: { payload: true, signature: true, keyId: true } });
  if (!row) throw new AppError('not_found', { detail: 'There is no receipt here: the file is not verified yet, does not exist, or you have no access to it.' });
  return { ...row, algorithm: 'Ed25519', content: receiptPayload.parse(JSON.parse(row.payload)) };
}
