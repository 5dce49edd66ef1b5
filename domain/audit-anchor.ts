import { z } from 'zod';

/**
 * What an anchor says: on that day the audit log had `seq` events, and the hash of the last was `hash`. Signed and kept outside the
 * database, so that who can change the database still cannot change, or cut off, what was anchored.
 */
export const auditAnchor = z.strictObject({
  type: z.literal('airlock-audit-anchor'),
  version: z.literal(1),
  seq: z.string().regex(/^[1-9]\d{0,18}$/),
  hash: z.hash('sha256'),
  anchoredAt: z.iso.datetime(),
  /** Which key signed, as in receipts. */
  keyId: z.string().regex(/^[0-9a-f]{16}$/),
});
export type AuditAnchor = z.infer<typeof auditAnchor>;

/** The file of an anchor: the exact text that was signed, and the Ed25519 signature over it in base64. */
export const anchorFile = z.strictObject({ payload: z.string().max(2000), signature: z.base64().max(200), keyId: z.string().max(64) });
