import { AppError } from '@/domain/errors';
import { type Tx, getDb } from '../db';
import { log } from '../logger';
import { settleUnder } from '../reconcile/erase-unannounced';
import { countVersions, deleteEveryVersion } from '../storage/delete-every-version';
import { getBucket, getS3 } from '../storage/s3-client';
import { eraseFile } from './erase-file';
import { finishOrder } from './finish-order';

/** Files of one order that are worked on at the same time. */
const MAX_FILES_AT_ONCE = 4;

export type EraseOrder = {
  readonly orderId: string;
  /** Called for each time that is written down: an order takes minutes. */
  readonly clock?: () => Date;
  readonly signal?: AbortSignal;
  /** Versions that one call lists and deletes; smaller in tests. */
  readonly pageSize?: number;
};
type Run = EraseOrder & { readonly clock: () => Date };

const columns = { id: true, caseId: true, fileId: true, state: true, case: { select: { reference: true } } } as const;
type OrderRow = { readonly id: string; readonly caseId: string; readonly fileId: string | null; readonly case: { readonly reference: string } };

/**
 * The job of an order: erases each of its files, for a case also what else lies under its prefix, and issues the certificate once all was seen to be absent.
 * One file that fails does not keep the others waiting. Safe to run many at once, to kill anywhere and to repeat. Throws where something is left to
 * do: the queue tries again, and `tendErasures` after it.
 */
export async function eraseOrder(input: EraseOrder): Promise<void> {
  const run: Run = { ...input, clock: input.clock ?? (() => new Date()) };
  const order = await getDb().erasureOrder.findUnique({ where: { id: run.orderId }, select: columns });
  if (!order || order.state === 'done') return;
  await getDb().erasureOrder.updateMany({ where: { id: order.id, state: 'ordered' }, data: { state: 'running' } });
  if (order.fileId === null) await adoptFiles(getDb(), order);
  const failures = await eraseFiles(order, run);
  run.signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  if (order.fileId === null) await eraseStrays(order, run);
  // What a case's certificate says holds for the whole prefix, which was seen to be empty just now.
  if (!(await finishOrder({ orderId: order.id, now: run.clock() }))) throw new AppError('storage_unavailable', { cause: new Error('Files of the order are not erased yet.') });
}

/** Files that were reserved while the order was given come under it too. */
async function adoptFiles(db: Pick<Tx, '$executeRaw'>, { id, caseId }: OrderRow): Promise<void> {
  await db.$executeRaw`
    insert into "ErasureOrderFile" ("orderId", "fileId")
    select ${id}::uuid, f."id" from "DiagnosticFile" f where f."caseId" = ${caseId}::uuid and f."state" not in ('expired', 'erased')
    on conflict do nothing`;
}

/** What went wrong with each file that is not erased yet. */
async function eraseFiles(order: OrderRow, { clock, signal, pageSize }: Run): Promise<unknown[]> {
  const rows = await getDb().erasureOrderFile.findMany({ where: { orderId: order.id, absentAt: null }, orderBy: { fileId: 'asc' }, select: { fileId: true } });
  const waiting = rows.map(({ fileId }) => fileId);
  const failures: unknown[] = [];
  const lane = async () => {
    for (let fileId = waiting.shift(); fileId !== undefined && !signal?.aborted; fileId = waiting.shift()) {
      try {
        const done = await eraseFile({ orderId: order.id, fileId, clock, signal, pageSize });
        if (!done) failures.push(new AppError('storage_unavailable', { cause: new Error('Another process works with the file.') }));
      } catch (error) {
        failures.push(error);
        if (!signal?.aborted) log('error', 'erase-failed', { fileId, error });
      }
    }
  };
  await Promise.all(Array.from({ length: MAX_FILES_AT_ONCE }, lane));
  return failures;
}

/** Objects under the case's prefix that belong to none of its files, such as one that somebody put there past the portal. */
async function eraseStrays({ id, case: { reference } }: OrderRow, { clock, signal, pageSize }: Run): Promise<void> {
  const target = { s3: getS3(), bucket: getBucket(), prefix: `${reference}/`, signal, pageSize };
  const { versions, bytes } = await countVersions(target);
  if (versions > 0) await getDb().erasureOrder.updateMany({ where: { id, strayVersions: 0 }, data: { strayVersions: versions, strayBytes: bytes } });
  await deleteEveryVersion({ ...target, scope: 'case', clock });
  await settleUnder({ prefix: target.prefix, now: clock() });
}
