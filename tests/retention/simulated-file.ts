import { type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { verifyFile } from '@/server/file/verify-file';
import { prepareSegment, reserve, sendFile, sendSegments } from '../fixtures/send-file';

/** What the simulation expects of a clock, computed by its own rules: the portal's code is held to it. Days are 24 hours, times milliseconds. */
export type ExpectedClock = { readonly storedAt: number; periodDays: number; extendedDays: number; dueAt: number };

export const DAY_MS = 24 * 60 * 60 * 1000;
export const MINUTE_MS = 60_000;

export function expectClock(storedAt: number, periodDays: number): ExpectedClock {
  return { storedAt, periodDays, extendedDays: 0, dueAt: storedAt + periodDays * DAY_MS };
}

/** Recomputes the date after a change at `now`: never a date in the past, and never later than before because of it. */
export function recompute(clock: ExpectedClock, now: number): void {
  const computed = clock.storedAt + (clock.periodDays + clock.extendedDays) * DAY_MS;
  clock.dueAt = computed >= now ? computed : Math.min(clock.dueAt, now);
}

type Who = { readonly customer: SeedUser; readonly row: SeedCase; readonly now: Date };

/** A file that is sent, stored and read back, as at `now`. */
export async function storeFile(content: Buffer, { customer, row, now }: Who): Promise<string> {
  const fileId = await sendFile(content, { actor: customer.actor, reference: row.reference, now, at: now });
  await verifyFile({ fileId, clock: () => now });
  return fileId;
}

/** An upload of which one segment arrived and nothing else happened, as at `now`; URLs are signed with the real time, which storage compares. */
export async function leaveUnfinished(content: Buffer, { customer, row, now }: Who): Promise<string> {
  const fileId = await reserve(content, { actor: customer.actor, reference: row.reference, now });
  await sendSegments(fileId, [prepareSegment(1, content)], { actor: customer.actor });
  await getDb().diagnosticFile.update({ where: { id: fileId }, data: { stateAt: now, uploadingAt: now } });
  await getDb().segment.updateMany({ where: { fileId }, data: { announcedAt: now } });
  await getDb().segmentAttempt.updateMany({ where: { segment: { fileId } }, data: { issuedAt: now, expiresAt: now } });
  return fileId;
}

/** A result of automated analysis with its clock: nothing in the portal makes one yet. */
export async function makeAnalysisOutput(fileId: string, now: Date, periodDays: number): Promise<string> {
  const run = await getDb().analysisRun.create({ data: { fileId, analyser: 'simulated', state: 'done', createdAt: now, endedAt: now }, select: { id: true } });
  const output = await getDb().analysisOutput.create({
    data: { runId: run.id, fileId, title: 'Result', body: 'What was found.', createdAt: now, clock: { create: { subject: 'analysis_output', startedAt: now, periodDays, dueAt: new Date(now.getTime() + periodDays * DAY_MS) } } },
    select: { id: true },
  });
  return output.id;
}
