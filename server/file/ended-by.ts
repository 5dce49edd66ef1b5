import { type Actor } from '@/domain/actor';

/**
 * The key that brings a file to its end keeps its access to it: a repeated call whose first answer was lost is answered again, and the
 * receipt can be fetched (server/case/case-scope.ts, `fileScope`).
 */
export function endedBy(actor: Actor): { readonly endedByUploadKeyId?: string } {
  return actor.kind === 'upload_key' ? { endedByUploadKeyId: actor.uploadKeyId } : {};
}
