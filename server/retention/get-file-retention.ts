import { type UserActor } from '@/domain/actor';
import { type OutputItem } from '@/domain/manual-output';
import { type ExtensionView } from '@/domain/retention';
import { getDb } from '../db';
import { loadFile } from '../file/load-file';
import { requirePermission } from '../http/require-permission';
import { loadManualOutputs } from '../manual-output/list-manual-outputs';
import { dueOfClock } from './due-of-clock';
import { loadExtensions } from './load-extensions';

/** How long a file is kept, and what was written about it. Times are ISO 8601 in UTC. */
export type FileRetention = {
  readonly startedAt: string | null;
  readonly periodDays: number | null;
  /** Null where no clock runs: before the file is stored, and once it is gone. */
  readonly dueAt: string | null;
  readonly extensions: readonly ExtensionView[];
  readonly outputs: readonly OutputItem[];
};

/** For the page of one file. Throws `not_found`. */
export async function getFileRetention({ actor, now, fileId }: { readonly actor: UserActor; readonly now: Date; readonly fileId: string }): Promise<FileRetention> {
  requirePermission(actor, 'file:read');
  const db = getDb();
  const { id } = await loadFile(db, actor, fileId);
  const [clock, extensions, outputs] = await Promise.all([
    db.retentionClock.findUnique({ where: { fileId: id }, select: { startedAt: true, periodDays: true, dueAt: true, endedAt: true } }),
    loadExtensions(db, actor, [id]),
    loadManualOutputs(db, { actor, now }, { fileId: id }),
  ]);
  return {
    startedAt: clock?.startedAt.toISOString() ?? null,
    periodDays: clock?.periodDays ?? null,
    dueAt: dueOfClock(clock),
    extensions: extensions.get(id) ?? [],
    outputs,
  };
}
