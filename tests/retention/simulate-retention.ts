import { makeCustomer, makeReadyCase, makeStaff, type SeedCase, type SeedUser } from '@/prisma/seed/library';
import { getDb } from '@/server/db';
import { writeManualOutput } from '@/server/manual-output/write-manual-output';
import { MAX_ATTEMPTS, sendDueNotices } from '@/server/notice/send-due-notices';
import { objectToExtension } from '@/server/retention/end-extension';
import { proposeExtension } from '@/server/retention/propose-extension';
import { changeRetentionPeriods, getRetentionPeriods } from '@/server/retention/retention-periods';
import { sweep } from '@/server/retention/sweep';
import { SeededRandom } from '../fixtures/random';
import { sampleContent } from '../fixtures/send-file';
import { findOverstayed } from './check-storage';
import { DAY_MS, expectClock, type ExpectedClock, leaveUnfinished, makeAnalysisOutput, MINUTE_MS, recompute, storeFile } from './simulated-file';

type Options = { readonly cases: number; readonly days: number; readonly seed: number; readonly say?: (line: string) => void };
export type SimulationReport = {
  readonly steps: number; readonly files: number; readonly unfinished: number; readonly outputs: number;
  readonly extensions: Readonly<Record<string, number>>;
  /** How long after its date the last thing of a file was seen to be absent, at most. */
  readonly latestMs: number;
  readonly problems: readonly string[];
};
type Step = { readonly at: number; readonly act: () => Promise<void> };

/**
 * Days of a portal on a clock of its own, against the real database and storage: files are sent, given up, extended, objected to, looked at; mail fails for
 * a while or for good; the periods are made shorter and longer again. The sweeper runs on each minute at which anything can be due, and after each run every
 * version in the bucket has to belong to something whose time is not over.
 */
export class RetentionSimulation {
  readonly #random: SeededRandom;
  readonly #steps: Step[] = [];
  readonly #expected = new Map<string, ExpectedClock>();
  readonly #problems: string[] = [];
  /** Notices that the mail server refuses until then. */
  readonly #refusedUntil = new Map<string, number>();
  readonly #start = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
  #customer!: SeedUser;
  #support!: SeedUser;
  #admin!: SeedUser;
  #now = this.#start;
  #count = { steps: 0, files: 0, unfinished: 0, outputs: 0 };

  constructor(private readonly options: Options) {
    this.#random = new SeededRandom(options.seed);
  }

  async run(): Promise<SimulationReport> {
    const { cases, days, say = () => undefined } = this.options;
    [this.#customer, this.#support, this.#admin] = [await makeCustomer(), await makeStaff('support'), await makeStaff('admin')];
    for (let index = 0; index < cases; index += 1) await this.#planCase();
    this.#plan(this.#start + days * 0.5 * DAY_MS, () => this.#changePeriod(5));
    this.#plan(this.#start + days * 0.7 * DAY_MS, () => this.#changePeriod(7));
    const end = this.#start + days * DAY_MS;
    for (let at = await this.#nextMinute(); at <= end; at = await this.#nextMinute()) {
      await this.#minute(at);
      if (this.#count.steps % 500 === 0) say(`${this.#count.steps} minutes in which something happened, day ${((at - this.#start) / DAY_MS).toFixed(1)} of ${days}, ${this.#count.files} files, ${this.#problems.length} problems`);
    }
    return this.#report();
  }

  #plan(at: number, act: () => Promise<void>): void {
    this.#steps.push({ at: Math.ceil(at / MINUTE_MS) * MINUTE_MS, act });
  }

  async #planCase(): Promise<void> {
    const { case: row } = await makeReadyCase({ openedBy: this.#customer, now: new Date(this.#start) });
    const files = this.#random.pick([1, 1, 1, 1, 1, 2, 3]);
    for (let index = 0; index < files; index += 1) {
      const at = this.#start + this.#random.fraction() * this.options.days * DAY_MS;
      this.#plan(at, () => (this.#random.below(8) === 0 ? this.#abandon(row) : this.#send(row)));
    }
  }

  /** The next minute at which anything is planned, due, or to be mailed. */
  async #nextMinute(): Promise<number> {
    const [clock, notice, upload] = await Promise.all([
      getDb().retentionClock.aggregate({ where: { endedAt: null }, _min: { dueAt: true } }),
      getDb().notice.aggregate({ where: { state: 'queued' }, _min: { nextAttemptAt: true } }),
      getDb().diagnosticFile.aggregate({ where: { state: { in: ['uploading', 'abandoned'] } }, _min: { stateAt: true } }),
    ]);
    const planned = this.#steps.reduce((least, { at }) => Math.min(least, at), Infinity);
    const due = [clock._min.dueAt?.getTime(), notice._min.nextAttemptAt?.getTime(), upload._min.stateAt && upload._min.stateAt.getTime() + DAY_MS].filter((at): at is number => typeof at === 'number');
    const next = Math.min(planned, ...due);
    // Each minute has one sweep: what is due now is taken with the next.
    return Math.max(Math.ceil(next / MINUTE_MS) * MINUTE_MS, this.#now + MINUTE_MS);
  }

  async #minute(at: number): Promise<void> {
    this.#now = at;
    this.#count.steps += 1;
    await sendDueNotices({ now: new Date(at), mailer: ({ id }) => this.#mail(id), random: () => 0.5 });
    for (const step of this.#steps.filter((planned) => planned.at <= at)) {
      this.#steps.splice(this.#steps.indexOf(step), 1);
      await step.act();
    }
    const { failed } = await sweep({ now: new Date(at) });
    if (failed > 0) this.#problems.push(`${failed} failures at ${new Date(at).toISOString()}.`);
    this.#problems.push(...(await findOverstayed(new Date(at))));
  }

  async #mail(noticeId: string): Promise<void> {
    if ((this.#refusedUntil.get(noticeId) ?? 0) > this.#now) throw Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    const extension = await getDb().retentionExtension.findUnique({ where: { noticeId }, select: { state: true, days: true, clock: { select: { fileId: true } } } });
    const clock = this.#expected.get(extension?.clock.fileId ?? '');
    if (!extension || !clock || extension.state !== 'proposed' || clock.dueAt <= this.#now) return;
    clock.extendedDays += extension.days;
    recompute(clock, this.#now);
  }

  async #send(row: SeedCase): Promise<void> {
    // Somewhere in the minute before, so that clocks run out between two sweeps.
    const storedAt = this.#now - this.#random.below(MINUTE_MS);
    const fileId = await storeFile(sampleContent(64 + this.#random.below(2000), this.#count.files + 1), { customer: this.#customer, row, now: new Date(storedAt) });
    this.#count.files += 1;
    const { raw_file: period, analysis_output: analysis } = await getRetentionPeriods();
    const clock = expectClock(storedAt, period);
    this.#expected.set(fileId, clock);
    const within = (days: number) => this.#now + this.#random.fraction() * days * DAY_MS;
    if (this.#random.below(3) === 0) this.#plan(within(period + 1), () => this.#extend(fileId));
    if (this.#random.below(6) === 0) this.#plan(within(period), () => this.#write(fileId));
    if (this.#random.below(4) === 0) {
      await makeAnalysisOutput(fileId, new Date(storedAt), analysis);
      this.#count.outputs += 1;
    }
  }

  async #abandon(row: SeedCase): Promise<void> {
    await leaveUnfinished(sampleContent(500), { customer: this.#customer, row, now: new Date(this.#now) });
    this.#count.unfinished += 1;
  }

  async #write(fileId: string): Promise<void> {
    await writeManualOutput({ actor: this.#support.actor, now: new Date(this.#now), fileId, title: 'What was found', body: 'Most of the heap is held by one cache.' });
    this.#count.outputs += 1;
  }

  /** Proposed in time it is taken; at the last moment or later it has to be refused. */
  async #extend(fileId: string): Promise<void> {
    const clock = this.#expected.get(fileId);
    const isInTime = clock !== undefined && clock.dueAt > this.#now;
    try {
      const { extensionId } = await proposeExtension({ actor: this.#support.actor, now: new Date(this.#now), fileId, days: 1 + this.#random.below(7), reason: 'The analysis takes longer.' });
      if (!isInTime) this.#problems.push(`${fileId} was extended after its time.`);
      const { noticeId } = await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId } });
      if (noticeId && this.#random.below(5) === 0) this.#refusedUntil.set(noticeId, this.#now + this.#random.pick([5 * MINUTE_MS, 20 * MINUTE_MS, DAY_MS * MAX_ATTEMPTS]));
      if (this.#random.below(3) === 0) this.#plan(this.#now + this.#random.fraction() * 12 * DAY_MS, () => this.#object(fileId, extensionId));
    } catch (error) {
      const isExpected = !isInTime || (error instanceof Error && 'code' in error && ['extension_under_way', 'extension_too_long'].includes(String(error.code)));
      if (!isExpected) throw error;
    }
  }

  async #object(fileId: string, extensionId: string): Promise<void> {
    const clock = this.#expected.get(fileId);
    const { state, days, clock: { endedAt } } = await getDb().retentionExtension.findUniqueOrThrow({ where: { id: extensionId }, select: { state: true, days: true, clock: { select: { endedAt: true } } } });
    if (!clock || endedAt !== null || !['proposed', 'effective'].includes(state)) return;
    await objectToExtension({ actor: this.#customer.actor, now: new Date(this.#now), extensionId });
    if (state === 'effective') clock.extendedDays -= days;
    recompute(clock, this.#now);
  }

  async #changePeriod(rawDays: number): Promise<void> {
    await changeRetentionPeriods({ actor: this.#admin.actor, now: new Date(this.#now), rawDays, analysisDays: 30 });
    const running = await getDb().retentionClock.findMany({ where: { subject: 'raw_file', endedAt: null }, select: { fileId: true } });
    for (const { fileId } of running) {
      const clock = this.#expected.get(fileId ?? '');
      if (!clock || clock.periodDays <= rawDays || clock.dueAt <= this.#now) continue;
      clock.periodDays = rawDays;
      recompute(clock, this.#now);
    }
    // What else happens in this minute finds the clocks where they are now.
    await sweep({ now: new Date(this.#now) });
  }

  async #report(): Promise<SimulationReport> {
    const clocks = await getDb().retentionClock.findMany({ where: { subject: 'raw_file' }, select: { fileId: true, dueAt: true, endedAt: true } });
    let latestMs = 0;
    for (const { fileId, dueAt, endedAt } of clocks) {
      const expected = this.#expected.get(fileId ?? '');
      if (expected?.dueAt !== dueAt.getTime()) this.#problems.push(`${fileId} is due ${dueAt.toISOString()} instead of ${expected ? new Date(expected.dueAt).toISOString() : 'never'}.`);
      if (endedAt) latestMs = Math.max(latestMs, endedAt.getTime() - dueAt.getTime());
      if (endedAt && endedAt < dueAt) this.#problems.push(`${fileId} was erased before its date.`);
    }
    const groups = await getDb().retentionExtension.groupBy({ by: ['state'], _count: { _all: true } });
    return { ...this.#count, extensions: Object.fromEntries(groups.map(({ state, _count }) => [state, _count._all])), latestMs, problems: this.#problems };
  }
}
