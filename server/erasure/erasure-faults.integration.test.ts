import { type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runErasureFaults, storagePastFaults } from '@/tests/storage-faults/erasure-run';
import { eraseLargeCase } from '@/tests/storage-faults/large-case';
import { closeDb } from '../db';
import { closeS3 } from '../storage/s3-client';

let seen: S3Client;
beforeAll(() => {
  seen = storagePastFaults();
});
afterAll(async () => {
  seen.destroy();
  closeS3();
  await closeDb();
});

// These few meet each kind of fault; `npm run erasure-faults` runs as many as are wanted.
it.each([1, 2, 3, 4, 5, 6, 7, 8])('is never said while anything exists, and comes to its end, when seed %d breaks it', { timeout: 120_000 }, async (seed) => {
  expect((await runErasureFaults(seed, seen)).rounds).toBeGreaterThan(0);
});

it('takes many objects under one case, in batches', { timeout: 120_000 }, async () => {
  expect((await eraseLargeCase({ objects: 60, pageSize: 4 })).totals).toMatchObject({ files: 10, segments: 60, versions: 60 });
});
