import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from '@/prisma/generated/client';
import { EnvironmentError, getEnv } from './env';

/** A client inside `inTransaction`. */
export type Tx = Prisma.TransactionClient;
export { Prisma } from '@/prisma/generated/client';

// Next's development server loads modules anew; one pool per process is kept on globalThis.
const holder = globalThis as typeof globalThis & { airlockPrisma?: PrismaClient };

/** The connection pool of this process, made at the first call. */
export function getDb(): PrismaClient {
  if (!holder.airlockPrisma) {
    const connectionString = getEnv().DATABASE_URL;
    if (!connectionString) throw new EnvironmentError(['DATABASE_URL is not set. `npm start` starts an embedded database in demo mode.']);
    holder.airlockPrisma = new PrismaClient({ adapter: new PrismaPg({ connectionString, max: 10 }) });
  }
  return holder.airlockPrisma;
}

/** Ends the pool: for the worker's shutdown and for tests. */
export async function closeDb(): Promise<void> {
  const db = holder.airlockPrisma;
  holder.airlockPrisma = undefined;
  await db?.$disconnect();
}

/**
 * Runs `work` in one transaction (READ COMMITTED). State changes inside are conditional updates whose count is checked,
 * and each writes its audit event through `appendAuditEvent` as the last thing, so that the chain's lock is held briefly.
 */
export function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return getDb().$transaction(work, { maxWait: 10_000, timeout: 20_000 });
}

/** True for a unique violation (P2002). */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'P2002';
}
