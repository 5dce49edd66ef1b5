import { getDb } from '../db';

/** A worker says each ten seconds that it lives; health shows the latest of these. */
export const BEAT_MS = 10_000;

/** Records that worker `id` (made at its start) lives. */
export async function beat({ id, startedAt, now }: { readonly id: string; readonly startedAt: Date; readonly now: Date }): Promise<void> {
  await getDb().workerHeartbeat.upsert({ where: { id }, create: { id, startedAt, seenAt: now }, update: { seenAt: now } });
}

/** Takes the heartbeat of a worker that ends back. */
export async function stopBeating(id: string): Promise<void> {
  await getDb().workerHeartbeat.deleteMany({ where: { id } });
}
