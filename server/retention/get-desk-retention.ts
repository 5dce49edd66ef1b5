import { type UserActor } from '@/domain/actor';
import { type OutputItem } from '@/domain/manual-output';
import { type ExtensionView } from '@/domain/retention';
import { getDb } from '../db';
import { requirePermission } from '../http/require-permission';
import { loadManualOutputs } from '../manual-output/list-manual-outputs';
import { loadExtensions } from './load-extensions';

export type DeskRetention = { readonly extensions: readonly ExtensionView[]; readonly outputs: readonly OutputItem[] };

/** Extensions and results of the files of a case, by file; four queries, however many files. Needs `desk:read`. */
export async function getDeskRetention({ actor, now, fileIds }: { readonly actor: UserActor; readonly now: Date; readonly fileIds: readonly string[] }): Promise<(fileId: string) => DeskRetention> {
  requirePermission(actor, 'desk:read');
  const [extensions, outputs] = await Promise.all([loadExtensions(getDb(), actor, fileIds), loadManualOutputs(getDb(), { actor, now }, { fileId: { in: [...fileIds] } })]);
  return (fileId) => ({ extensions: extensions.get(fileId) ?? [], outputs: outputs.filter((output) => output.fileId === fileId) });
}
