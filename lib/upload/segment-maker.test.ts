import { describe, expect, it } from 'vitest';
import { AdaptiveLevel } from './compress/adaptive-level';
import type { EngineContext } from './engine-context';
import type { Level } from './levels';
import { Pipeline } from './pipeline';
import type { PreparedSegment, PrepareJob, SourceFile } from './ports';
import { type MadeBefore, SegmentMaker } from './segment-maker';
import { FakeClock } from './testing/fake-clock';
import { WorkerFailedError } from './upload-errors';
import { UplinkMeter } from './uplink-meter';
import { Budget } from './waiting';

const MB = 1_000_000;
const source: SourceFile = { name: 'a.hprof', sizeBytes: 100 * MB, lastModifiedMs: 0, read: async () => new Uint8Array() };
const never = new AbortController().signal;

/** Two workers that compress a heap dump, on a link that has carried 10 MB/s for a second. */
function world({ isLinkMeasured = true, worker = (job: PrepareJob) => job } = {}) {
  const clock = new FakeClock();
  const uplink = new UplinkMeter(clock);
  const pipeline = new Pipeline(clock, { unknown: 3, known: 8, slow: 12 });
  const levels = new AdaptiveLevel();
  const asked: Level[] = [];
  const workers = {
    concurrency: 2,
    prepare: async (job: PrepareJob): Promise<PreparedSegment> => {
      asked.push(job.level);
      worker(job);
      return { rawSizeBytes: 8 * MB, rawSha256: `${job.start}`, sizeBytes: 2.4 * MB, sha256: '', body: new ArrayBuffer(0), method: 'deflated', elapsedMs: 260 };
    },
  };
  const context = { levels, pipeline, workers, uplink, memory: new Budget(128 * MB), compressSlots: new Budget(2) } as unknown as EngineContext;
  const before: MadeBefore = { hashes: new Map(), levels: new Map() };
  const maker = new SegmentMaker({ context, source, before, during: (work) => work() });
  const make = async (index: number) => {
    const { segment, release } = await maker.begin({ index, start: (index - 1) * 8 * MB, end: index * 8 * MB }, 'raw', never);
    return segment.finally(release);
  };
  const measure = async () => {
    const done = uplink.begin(10 * MB);
    await clock.advance(1000);
    if (isLinkMeasured) done(true);
  };
  return { asked, before, make, measure, pipeline, levels, uplink };
}

describe('the maker of segments', () => {
  it('learns from segments whose level was given, so that the next suits the link', async () => {
    const { asked, before, make, measure } = world();
    before.levels.set(1, 6);
    await make(1);
    await measure();
    await make(2);
    expect(asked).toEqual([6, 6]);
  });

  it.each([[true, 12], [false, 3]])('has more segments queued once the link has turned out to be the slower part (measured: %s)', async (isLinkMeasured, places) => {
    const { before, make, measure, pipeline } = world({ isLinkMeasured });
    before.levels.set(1, 6);
    await make(1);
    await measure();
    await make(2);
    expect(pipeline.total).toBe(places);
  });

  it('falls back from a spare level where a worker fails at it, and keeps a level that was given', async () => {
    const { asked, before, make, measure, uplink } = world({
      worker: (job) => {
        if (job.level > 6) throw new WorkerFailedError('no memory');
        return job;
      },
    });
    before.levels.set(1, 6);
    await make(1);
    await measure();
    uplink.hold(500 * MB);
    await make(2);
    expect(asked).toEqual([6, 10, 6]);
    expect(before.levels.get(2)).toBe(6);
    before.levels.set(3, 7);
    await expect(make(3)).rejects.toThrow(WorkerFailedError);
    expect(asked.slice(3)).toEqual([7, 7, 7]);
  });
});
