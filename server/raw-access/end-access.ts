import { endDueSharings } from '../sharing/end-due-sharings';
import { endDueGrants } from './end-due-grants';

/** A job, each minute: records what has come to its end by itself, of sharing (P-SHARE) and of raw access (P-LIMITED). */
export async function endAccess({ now }: { readonly now: Date }): Promise<{ readonly sharings: number; readonly grants: number }> {
  return { sharings: await endDueSharings({ now }), grants: await endDueGrants({ now }) };
}
