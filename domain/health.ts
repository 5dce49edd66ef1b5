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
});
export type Health = z.infer<typeof healthResponse>;
export type PartHealth = z.infer<typeof part>;
