import { afterAll, beforeAll, expect, it } from 'vitest';
import { runErasureFaults } from '@/tests/storage-faults/erasure-run';
import { makeLargeCase } from '@/tests/storage-faults/large-case';
import { closeDb } from '../db';
import { getEnv } from '../env';
import { closeS3, makeS3 } from '../storage/s3-client';
import { eraseOrder } from './erase-order';
import { getCertificate } from './get-erasure';
import { orderErasure } from './order-erasure';

/** `npm run erasure-faults` asks for as many runs and objects as are wanted; the few of every test run meet each kind of fault. */
const asked = process.env.ERASURE_FAULTS;
const [first = 1, runs = 8, objects = 60] = (asked ?? '').split(':').filter(Boolean).map(Number);
const seeds = Array.from({ length: runs }, (_, at) => first + at);
const tell = (line: string) => void (asked && process.stdout.write(`${line}\n`));

let seen: ReturnType<typeof makeS3>;
beforeAll(() => {
  const { S3_ENDPOINT, S3_ACCESS_KEY_ID = '', S3_SECRET_ACCESS_KEY = '' } = getEnv();
  seen = makeS3({ region: 'eu-west-1', endpoint: S3_ENDPOINT, credentials: { accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY } });
});
afterAll(async () => {
  seen.destroy();
  closeS3();
  await closeDb();
});

it.each(seeds)('is never said while anything exists, and comes to its end, when seed %d breaks it', async (seed) => {
  const { told, rounds, calls, late } = await runErasureFaults(seed, seen);
  tell(`${told}: gone after ${rounds} rounds and ${calls} calls${late > 0 ? `, ${late} written later and swept` : ''}`);
  expect(rounds).toBeGreaterThan(0);
});

it(`takes ${objects} objects under one case, in batches`, { timeout: 900_000 }, async () => {
  const { customer, reference } = await makeLargeCase(objects);
  const began = performance.now();
  const { orderId } = await orderErasure({ actor: customer.actor, now: new Date(), reference, confirmation: reference });
  await eraseOrder({ orderId, ...(asked ? {} : { pageSize: 4 }) });
  tell(`${objects} objects under one case: from order to certificate ${((performance.now() - began) / 1000).toFixed(1)} s`);
  const { content } = await getCertificate({ actor: customer.actor, reference, orderId });
  expect(content.totals).toMatchObject({ files: 10, segments: objects, versions: objects });
});
