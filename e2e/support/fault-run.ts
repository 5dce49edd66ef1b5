import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, type BrowserContext, type Page } from '@playwright/test';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { makeReadyCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { getBucket, getS3 } from '@/server/storage/s3-client';
import { FaultProxy } from '../../tests/fault-proxy/fault-proxy';
import { type FaultPlan, type MomentFault, tellPlan } from '../../tests/fault-proxy/plan-faults';
import { sampleContent } from '../../tests/fixtures/send-file';
import { fileOf, send } from './send-page';
import { digestFile, zcatObjects } from './stored-objects';
import { expect, signIn } from './test';

const MIB = 1024 * 1024;
const SEGMENT_BYTES = 8 * MIB;
const NAME = 'java_pid4711.hprof';
const DAY_MS = 24 * 60 * 60 * 1000;
/** Segments that are in flight at once (DEFAULT_LIMITS of lib/upload). */
const IN_FLIGHT = 4;

type Given = { readonly browser: Browser; readonly customer: SeedUser; readonly server: string; readonly reference: string; readonly file: string; readonly plan: FaultPlan };
type Run = { readonly browser: Browser; readonly customer: SeedUser; readonly folder: string; readonly plan: FaultPlan };

/**
 * Sends one file through a browser behind the fault proxy and holds the outcome to the promises: verified, byte-identical by `zcat`,
 * no object but the file's own, and no more sent again than was in flight at each fault.
 */
export async function runFaults({ browser, customer, folder, plan }: Run): Promise<void> {
  const file = path.join(folder, NAME);
  await writeFile(file, sampleContent((plan.segmentCount - 1) * SEGMENT_BYTES + 5 * MIB, plan.seed));
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const proxy = new FaultProxy(plan);
  const client = new FaultyClient({ browser, customer, server: await proxy.listen(), reference: made.reference, file, plan });
  try {
    for (const moment of plan.moments) proxy.at(moment.share * 0.3 * plan.segmentCount * SEGMENT_BYTES, () => client.meet(moment, proxy));
    await client.begin();
    await expect.poll(() => client.goOn(), { timeout: 100_000, message: tellPlan(plan) }).toBe('verified');
    await holdToPromises({ caseId: made.id, reference: made.reference, file, proxy, plan });
  } finally {
    await client.close();
    await proxy.close();
  }
}

/** One customer with one browser after the other. */
class FaultyClient {
  readonly #given: Given;
  #context: BrowserContext | null = null;
  #page: Page | null = null;
  #isInterrupted = false;

  constructor(given: Given) {
    this.#given = given;
  }

  async begin(): Promise<void> {
    await send(await this.#open(), this.#given.file);
  }
  /** Does what a person would: chooses the file again where the page asks for it. @returns the state of the file */
  async goOn(): Promise<string> {
    if (this.#isInterrupted) {
      this.#isInterrupted = false;
      const page = this.#page ?? (await this.#open());
      await page.getByLabel(`${NAME}, again`).setInputFiles(this.#given.file);
    }
    const { id } = await getDb().case.findUniqueOrThrow({ where: { reference: this.#given.reference } });
    const known = await getDb().diagnosticFile.findFirst({ where: { caseId: id } });
    return known?.state ?? 'unknown';
  }
  async close(): Promise<void> {
    await this.#context?.close();
  }

  /** Called with every byte held: whatever happens here happens in the middle of sending. */
  async meet({ kind }: MomentFault, proxy: FaultProxy): Promise<void> {
    if (kind === 'network-off') {
      await proxy.outage(3);
    } else if (kind === 'reload') {
      this.#page?.on('dialog', (dialog) => void dialog.accept());
      await this.#page?.reload({ waitUntil: 'commit' });
      this.#isInterrupted = true;
    } else {
      // Nothing is asked, nothing is said: the process that sends is gone, and what it remembered with it.
      await this.#context?.close();
      this.#page = null;
      this.#isInterrupted = true;
    }
  }

  async #open(): Promise<Page> {
    const { browser, customer, server, reference, plan } = this.#given;
    this.#context = await browser.newContext({ proxy: { server } });
    await signIn(this.#context, customer);
    this.#page = await this.#context.newPage();
    if (plan.clockDays !== 0) await this.#page.clock.setFixedTime(Date.now() + plan.clockDays * DAY_MS);
    await this.#page.goto(`/cases/${reference}/files/new`);
    return this.#page;
  }
}

async function holdToPromises({ caseId, reference, file, proxy, plan }: { caseId: string; reference: string; file: string; proxy: FaultProxy; plan: FaultPlan }): Promise<void> {
  const told = tellPlan(plan);
  expect(await getDb().diagnosticFile.count({ where: { caseId } }), told).toBe(1);
  const { id } = await fileOf(caseId);
  const segments = await getDb().segment.findMany({ where: { fileId: id }, orderBy: { index: 'asc' } });
  const { Versions = [], DeleteMarkers = [] } = await getS3().send(new ListObjectVersionsCommand({ Bucket: getBucket(), Prefix: `${reference}/` }));
  expect(Versions.map(({ Key }) => Key), `${told}: objects and their versions`).toEqual(segments.map(({ objectKey }) => objectKey));
  expect(DeleteMarkers, told).toEqual([]);
  expect(await zcatObjects(segments.map(({ objectKey }) => objectKey)), `${told}: content`).toEqual(await digestFile(file));
  const sizes = segments.map(({ sizeBytes }) => Number(sizeBytes));
  const stored = sizes.reduce((sum, size) => sum + size, 0);
  const sent = proxy.puts.reduce((sum, { bytes }) => sum + bytes, 0);
  // A broken PUT costs itself; a lost answer of the portal costs nothing that was stored; a moment costs what was in flight.
  const allowed = (plan.exchanges.filter(({ target }) => target === 'put').length + plan.moments.length * IN_FLIGHT) * Math.max(...sizes);
  expect(sent - stored, `${told}: bytes sent again`).toBeLessThanOrEqual(allowed);
}
