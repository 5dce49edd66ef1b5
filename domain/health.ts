import { z } from 'zod';

const part = z.enum(['ok', 'failing']);

/** What `GET /api/health` answers: 200 where `status` is ok, 503 otherwise. */
export const healthResponse = z.strictObject({
  status: part,
  version: z.string(),
  database: part,
  storage: part,
  /** The database has exactly the migrations of this version. */
  migrations: part,
  /** When a worker was last seen; null where none ever was. Without one the portal still answers. */
  worker: z.strictObject({ seen: z.iso.datetime().nullable() }),
  /** When the whole bucket was last compared with the ledger; null before the first time. */
  reconciler: z.strictObject({ seen: z.iso.datetime().nullable() }),
  /**
   * Whether dates of retention are kept: `failing` where something is overdue, the sweeper is silent, or it fails again and again. The portal answers on, and
   * `status` stays as it is: taking it away would not erase anything. `swept` is when the last sweep ended.
   */
  retention: z.strictObject({ state: part, swept: z.iso.datetime().nullable(), overdue: z.int() }),
  /** Whether the audit log held when it was last read, and when that was; null before the first time. The portal answers on, as above. */
  audit: z.strictObject({ state: part, checked: z.iso.datetime().nullable() }),
});
export type Health = z.infer<typeof healthResponse>;
export type PartHealth = z.infer<typeof part>;
