import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, MAX_SEGMENT_BYTES, MIN_SEGMENT_BYTES } from '@/domain/limits';
import { BACKOFF_CAP_MS, backoffMs, isRetryableStatus, parseRetryAfter } from './backoff';
import { judgePut } from './put-verdict';
import { stallMs } from './put-watched';
import { Pipeline } from './pipeline';
import { chooseSegmentBytes, fitsSegments, segmentCount, sliceOf } from './segment-plan';
import { FakeClock, settle } from './testing/fake-clock';
import { UplinkMeter } from './uplink-meter';
import { Budget, Gate } from './waiting';

const never = new AbortController().signal;
const MIB = 1024 * 1024;

describe('the plan of segments', () => {
  it.each([[0, 10], [1, 10], [10, 10], [11, 10], [95, 10]])('cuts %i bytes by %i into slices that join without a gap', (size, segmentBytes) => {
    const count = segmentCount(size, segmentBytes);
    const slices = Array.from({ length: count }, (_, position) => sliceOf(size, segmentBytes, position + 1));
    expect(slices[0]?.start).toBe(0);
    expect(slices.at(-1)?.end).toBe(size);
    slices.slice(1).forEach((slice, position) => expect(slice.start).toBe(slices[position]?.end));
  });
  it('gives an empty file one empty segment, and knows no segment outside', () => {
    expect(sliceOf(0, 10, 1)).toEqual({ index: 1, start: 0, end: 0 });
    for (const index of [0, 2, 1.5, Number.NaN]) expect(() => sliceOf(0, 10, index)).toThrow(RangeError);
  });
  it('asks for small segments on a slow link and large ones on a fast link', () => {
    expect(chooseSegmentBytes(4e9, 5e6)).toBe(8 * MIB);
    expect(chooseSegmentBytes(4e9, 80e6)).toBe(32 * MIB);
    expect(chooseSegmentBytes(4e9, null)).toBe(12 * MIB);
  });
  it('stays within the contract for every size, and within 9,999 segments', () => {
    for (const size of [0, 1, 5e6, 200e6, 20e9, MAX_FILE_BYTES]) {
      for (const link of [null, 1, 1e9]) {
        const bytes = chooseSegmentBytes(size, link);
        expect(bytes).toBeGreaterThanOrEqual(MIN_SEGMENT_BYTES);
        expect(bytes).toBeLessThanOrEqual(MAX_SEGMENT_BYTES);
        expect(fitsSegments(size, bytes)).toBe(true);
        expect(segmentCount(size, bytes)).toBeLessThanOrEqual(9999);
      }
    }
  });
});

describe('the wait before another attempt', () => {
  it('is spread from nothing to a ceiling that doubles up to a minute', () => {
    expect(backoffMs(1, 0)).toBe(0);
    expect(backoffMs(1, 0.999)).toBe(999);
    expect(backoffMs(4, 0.5)).toBe(4000);
    expect(backoffMs(40, 0.999999)).toBeLessThan(BACKOFF_CAP_MS);
  });
  it('is at least what the server asked for, within reason', () => {
    expect(backoffMs(1, 0, 20)).toBe(20_000);
    expect(backoffMs(1, 0, 999_999)).toBe(300_000);
  });
  it('reads seconds only: the clock of this machine may be wrong', () => {
    expect(parseRetryAfter('120')).toBe(120);
    for (const header of [null, '', '-1', '1.5', 'Tue, 03 Nov 2026 04:12:09 GMT']) expect(parseRetryAfter(header)).toBeNull();
  });
  it('is for 408, 429 and 5xx alone', () => {
    expect([408, 429, 500, 502, 503, 504].every(isRetryableStatus)).toBe(true);
    expect([0, 200, 400, 401, 403, 404, 409, 412, 413, 422].some(isRetryableStatus)).toBe(false);
  });
});

describe('the answer to a PUT', () => {
  const judge = (status: number, errorCode: string | null = null, errorMessage: string | null = null) => judgePut({ status, errorCode, errorMessage, retryAfterSeconds: null });
  it('means what S3 means by it', () => {
    expect(judge(200)).toBe('stored');
    expect(judge(412, 'PreconditionFailed')).toBe('ask-portal');
    expect(judge(409, 'ConditionalRequestConflict')).toBe('ask-portal');
    expect(judge(409, 'OperationAborted')).toBe('refused');
    expect(judge(403, 'AccessDenied', 'Request has expired')).toBe('new-url');
    expect(judge(403, 'ExpiredToken')).toBe('new-url');
    expect(judge(403)).toBe('new-url');
    expect(judge(403, 'AccessDenied', 'Access Denied')).toBe('refused');
    expect(judge(403, 'SignatureDoesNotMatch')).toBe('refused');
    expect(judge(400, 'RequestTimeout')).toBe('wait');
    expect(judge(400, 'BadDigest')).toBe('refused');
    expect([408, 429, 500, 503].map((status) => judge(status, 'SlowDown'))).toEqual(['wait', 'wait', 'wait', 'wait']);
    expect([301, 404, 411, 413].map((status) => judge(status))).toEqual(['refused', 'refused', 'refused', 'refused']);
  });
  it('may take longer after each failed attempt, from 30 seconds to 4 minutes', () => {
    expect([0, 1, 2, 3, 19].map(stallMs)).toEqual([30_000, 60_000, 120_000, 240_000, 240_000]);
  });
});

describe('a budget', () => {
  it('serves in the order of asking and never above the whole', async () => {
    const budget = new Budget(10);
    const first = await budget.take(8, never);
    const order: string[] = [];
    const second = budget.take(6, never).then((share) => (order.push('second'), share));
    const third = budget.take(1, never).then((share) => (order.push('third'), share));
    expect(budget.waiting).toBe(2);
    first.shrinkTo(4);
    await Promise.all([second, third].slice(0, 1));
    first.shrinkTo(8);
    expect(budget.used).toBe(10);
    first.release();
    first.release();
    (await second).release();
    (await third).release();
    expect(order).toEqual(['second', 'third']);
    expect(budget.used).toBe(0);
  });
  it('grants what is larger than the whole when it is alone', async () => {
    const budget = new Budget(10);
    const one = await budget.take(3, never);
    const large = budget.take(50, never);
    one.release();
    expect((await large, budget.used)).toBe(50);
  });
  it('lets the next one in when a waiting one is aborted', async () => {
    const budget = new Budget(10);
    await budget.take(8, never);
    const controller = new AbortController();
    const aborted = budget.take(5, controller.signal);
    const small = budget.take(2, never);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await small;
    expect(budget.used).toBe(10);
  });
});

describe('a gate', () => {
  it('lets nobody through while it is closed', async () => {
    const gate = new Gate();
    expect(gate.close()).toBe(true);
    expect(gate.close()).toBe(false);
    let isThrough = false;
    const passing = gate.pass(never).then(() => (isThrough = true));
    await Promise.resolve();
    expect(isThrough).toBe(false);
    gate.open();
    await passing;
  });
});

describe('what the uplink does', () => {
  it('is told by what was acknowledged and half of what flies, once that took long enough', async () => {
    const clock = new FakeClock();
    const uplink = new UplinkMeter(clock);
    expect(uplink.bytesPerSecond()).toBeNull();
    const first = uplink.begin(6_000_000);
    const second = uplink.begin(4_000_000);
    await clock.advance(100);
    expect(uplink.bytesPerSecond(), 'too early to say').toBeNull();
    await clock.advance(900);
    expect(uplink.bytesPerSecond()).toBe(5_000_000);
    first(true);
    expect(uplink.bytesPerSecond()).toBe(8_000_000);
    second(false);
    expect(uplink.bytesPerSecond(), 'what failed was not carried').toBe(6_000_000);
    await clock.advance(10_000);
    expect(uplink.bytesPerSecond(), 'idle time is no slow link').toBe(6_000_000);
  });
  it('stays the same over a long time of the same traffic, and follows another', async () => {
    const clock = new FakeClock();
    const uplink = new UplinkMeter(clock);
    const carry = async (seconds: number, bytes: number) => {
      for (let second = 0; second < seconds; second++) {
        const ended = uplink.begin(bytes);
        await clock.advance(1000);
        ended(true);
      }
    };
    await carry(60, 10_000_000);
    expect(uplink.bytesPerSecond()).toBeCloseTo(10_000_000, -3);
    await carry(30, 1_000_000);
    expect(uplink.bytesPerSecond()).toBeLessThan(2_000_000);
  });
  it('has something to carry for as long as what is made and not stored takes', async () => {
    const clock = new FakeClock();
    const uplink = new UplinkMeter(clock);
    expect(uplink.backlogMs()).toBeNull();
    const letGo = uplink.hold(8_000_000);
    const ended = uplink.begin(8_000_000);
    const letGoOfOther = uplink.hold(6_000_000);
    await clock.advance(1000);
    expect(uplink.backlogMs(), '4 MB/s: half of the first and all of the second').toBe(2500);
    ended(true);
    letGo();
    expect(uplink.backlogMs()).toBe(750);
    letGoOfOther();
    expect(uplink.backlogMs()).toBe(0);
  });
});

describe('the places on the way to storage', () => {
  const take = async (pipeline: Pipeline, count: number) => {
    let taken = 0;
    for (let at = 0; at < count; at++) void pipeline.take(1, never).then(() => (taken += 1));
    await settle();
    return () => taken;
  };
  it('are few before the link is known, and all of them once storage has acknowledged something', async () => {
    const pipeline = new Pipeline(new FakeClock(), { unknown: 3, known: 6, slow: 7 });
    const taken = await take(pipeline, 8);
    expect(taken()).toBe(3);
    pipeline.linkIsKnown();
    await settle();
    expect(taken()).toBe(6);
  });
  it('are all of them, too, a moment after the first PUT began, since its silence says enough', async () => {
    const clock = new FakeClock();
    const pipeline = new Pipeline(clock, { unknown: 3, known: 6, slow: 7 });
    const taken = await take(pipeline, 8);
    await clock.advance(10_000);
    expect(taken(), 'nothing was sent yet').toBe(3);
    pipeline.putBegins();
    pipeline.putBegins();
    await clock.advance(499);
    expect(taken()).toBe(3);
    await clock.advance(1);
    expect(taken()).toBe(6);
    expect(clock.pending).toBe(0);
  });
  it('are as many as are made tightly ahead, while the link is not known', async () => {
    const pipeline = new Pipeline(new FakeClock(), { unknown: 3, known: 6, slow: 7 });
    const taken = await take(pipeline, 8);
    expect(pipeline.mostAhead).toBe(4);
    for (const [ahead, places] of [[2, 3], [4, 4], [0, 4], [9, 6]] as const) {
      pipeline.makeRoomAhead(ahead);
      await settle();
      expect(taken()).toBe(places);
    }
    const known = new Pipeline(new FakeClock(), { unknown: 3, known: 6, slow: 7 });
    known.makeRoomAhead(4);
    known.makeRoomAhead(0);
    expect(known.total, 'nothing is made ahead any more').toBe(3);
    known.linkIsSlow();
    known.makeRoomAhead(4);
    expect((await take(known, 9))()).toBe(7);
  });
  it('are more where the link is the slower part, once and for all', async () => {
    const clock = new FakeClock();
    const pipeline = new Pipeline(clock, { unknown: 3, known: 6, slow: 7 });
    pipeline.putBegins();
    pipeline.linkIsSlow();
    pipeline.linkIsSlow();
    pipeline.linkIsKnown();
    expect((await take(pipeline, 9))()).toBe(7);
    expect(clock.pending).toBe(0);
  });
  it('are never more than there are in all', async () => {
    expect((await take(new Pipeline(new FakeClock(), { unknown: 5, known: 2, slow: 2 }), 8))()).toBe(2);
  });
});
