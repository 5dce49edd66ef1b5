import { appendFile, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type LaunchOptions } from '@playwright/test';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { makeReadyCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { getBucket, getS3 } from '@/server/storage/s3-client';
import { DAY_MS, MINUTE_MS } from '../../domain/durations';
import { FaultProxy } from '../../tests/fault-proxy/fault-proxy';
import { type FaultOutcome } from '../../tests/fault-proxy/fault-table';
import { type FaultPlan, kindsOf, type MomentFault, segmentsToSendAgain, tellPlan } from '../../tests/fault-proxy/plan-faults';
import { sampleContent } from '../../tests/fixtures/send-file';
import { doToPortal, untilHealthy } from './fault-control';
import { BrowserClient, type FaultyClient, ScriptClient } from './faulty-clients';
import { fileOf } from './send-page';
import { digestFile, zcatObjects } from './stored-objects';
import { expect } from './test';

const MIB = 1024 * 1024;
const NAME = 'java_pid4711.hprof';
/** What a browser cuts a file of this size into, and the smallest that the portal takes, which the script is told to use. */
const SEGMENT_BYTES = { browser: 8 * MIB, script: 4 * MIB };
/** Segments that are in flight at once, at most (`maxParallel` of the contract). */
const IN_FLIGHT = 4;

type Given = { readonly browser: Browser; readonly launchOptions: LaunchOptions; readonly customer: SeedUser; readonly folder: string; readonly plan: FaultPlan };
type Sent = { readonly caseId: string; readonly reference: string; readonly file: string; readonly proxy: FaultProxy; readonly plan: FaultPlan };

/** How long a run may take, milliseconds: much longer than any does. A PUT that stands still and a minute without a network take their time. */
export function runLimitMs(plan: FaultPlan): number {
  return kindsOf(plan).some((kind) => kind === 'segment stalled' || kind === 'network off for a minute') ? 300_000 : 100_000;
}

/**
 * Sends one file by the plan's client behind the fault proxy and holds the outcome to the promises: verified, byte-identical by
 * `zcat`, no object but the file's own, every planned fault met, and no more sent again than was in flight at each.
 */
export async function runFaults({ browser, launchOptions, customer, folder, plan }: Given): Promise<void> {
  const began = performance.now();
  const { client: by, segmentCount, clockDays } = plan;
  const file = path.join(folder, NAME);
  await writeFile(file, sampleContent((segmentCount - 1) * SEGMENT_BYTES[by] + 3 * MIB, plan.seed));
  const writtenAt = new Date(Date.now() + clockDays * DAY_MS);
  await utimes(file, writtenAt, writtenAt);
  await untilHealthy();
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const proxy = new FaultProxy(plan);
  const common = { server: await proxy.listen(), reference: made.reference, file, name: NAME, clockDays, customer };
  const isToBeKilled = plan.moments.some(({ kind }) => kind === 'client killed');
  const client = by === 'browser' ? new BrowserClient({ ...common, browser, launchOptions, isToBeKilled }) : await ScriptClient.on(folder, { ...common, caseId: made.id });
  const world = new World(client, proxy);
  try {
    for (const moment of plan.moments) proxy.at(moment.share * 0.3 * segmentCount * SEGMENT_BYTES[by], () => world.meet(moment));
    await client.begin();
    await expect.poll(() => stateAfter(client, made.id), { timeout: runLimitMs(plan), message: tellPlan(plan) }).toBe('verified');
    await client.end();
    const cost = await holdToPromises({ caseId: made.id, reference: made.reference, file, proxy, plan });
    await note({ seed: plan.seed, client: by, kinds: kindsOf(plan), seconds: (performance.now() - began) / 1000, ...cost });
  } catch (error) {
    const told = await client.tell().catch((cause: unknown) => `nothing (${String(cause)})`);
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nWhat the client said: ${told}\nWhat the proxy saw: ${proxy.puts.map(({ key, bytes, fault }) => `${key.slice(-5)} ${bytes}${fault ? ` ${fault}` : ''}`).join(', ')}`, { cause: error });
  } finally {
    await client.close();
    await world.mend();
    await proxy.close();
  }
}

/** Does what a person would who looks at the client, and says how the file stands then. */
async function stateAfter(client: FaultyClient, caseId: string): Promise<string> {
  await client.goOn();
  const known = await getDb().diagnosticFile.findFirst({ where: { caseId } });
  return known?.state ?? 'unknown';
}

/** What happens around a client in the middle of sending. */
class World {
  readonly #client: FaultyClient;
  readonly #proxy: FaultProxy;
  #isStorageAway = false;

  constructor(client: FaultyClient, proxy: FaultProxy) {
    this.#client = client;
    this.#proxy = proxy;
  }
  /** Called with every byte held. */
  async meet({ kind }: MomentFault): Promise<void> {
    switch (kind) {
      case 'network off': return this.#proxy.outage(3);
      case 'network off for a minute': return this.#proxy.outage(1, MINUTE_MS);
      case 'client reloaded': return this.#client.reload();
      case 'client killed': return this.#client.kill();
      case 'portal restarted': return doToPortal('portal/crash');
      case 'storage restarted': return this.#restartStorage();
    }
  }
  /** Nothing of it lasts longer than the run. */
  async mend(): Promise<void> {
    if (this.#isStorageAway) await this.#startStorage();
    await untilHealthy();
  }

  /** It stays away until the client has tried three times what needs it. */
  async #restartStorage(): Promise<void> {
    this.#isStorageAway = true;
    await doToPortal('storage/crash');
    void this.#proxy.untilTried(3).then(() => this.#startStorage());
  }
  async #startStorage(): Promise<void> {
    this.#isStorageAway = false;
    await doToPortal('storage/start');
  }
}

async function holdToPromises({ caseId, reference, file, proxy, plan }: Sent): Promise<Pick<FaultOutcome, 'sentAgainBytes' | 'allowedBytes'>> {
  const told = tellPlan(plan);
  expect(proxy.unmet, `${told}: faults that did not happen`).toBe(0);
  expect(await getDb().diagnosticFile.count({ where: { caseId } }), told).toBe(1);
  const { id } = await fileOf(caseId);
  const segments = await getDb().segment.findMany({ where: { fileId: id }, orderBy: { index: 'asc' } });
  expect(segments.length, told).toBe(plan.segmentCount);
  const { Versions = [], DeleteMarkers = [] } = await getS3().send(new ListObjectVersionsCommand({ Bucket: getBucket(), Prefix: `${reference}/` }));
  expect(Versions.map(({ Key, IsLatest }) => [Key, IsLatest]), `${told}: objects and their versions`).toEqual(segments.map(({ objectKey }) => [objectKey, true]));
  expect(DeleteMarkers, told).toEqual([]);
  expect(await zcatObjects(segments.map(({ objectKey }) => objectKey)), `${told}: content`).toEqual(await digestFile(file));
  const sizes = segments.map(({ sizeBytes }) => Number(sizeBytes));
  const stored = sizes.reduce((sum, size) => sum + size, 0);
  const sentAgainBytes = proxy.puts.reduce((sum, { bytes }) => sum + bytes, 0) - stored;
  const allowedBytes = segmentsToSendAgain(plan, IN_FLIGHT) * Math.max(...sizes);
  const puts = proxy.puts.map(({ key, bytes, fault }) => `${key.slice(-5)} ${bytes}${fault ? ` ${fault}` : ''}`);
  expect(sentAgainBytes, `${told}: bytes sent again, of ${puts.join(', ')}`).toBeLessThanOrEqual(allowedBytes);
  return { sentAgainBytes, allowedBytes };
}

/** For the table that `npm run faults` prints. */
async function note(outcome: FaultOutcome): Promise<void> {
  const file = process.env.E2E_FAULT_OUTCOMES;
  if (file) await appendFile(file, `${JSON.stringify(outcome)}\n`);
}
