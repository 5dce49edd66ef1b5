import { afterAll, expect, it } from 'vitest';
import { healthResponse } from '@/domain/health';
import { closeDb, getDb } from '../db';
import { beat } from '../jobs/beat';
import { closeS3 } from '../storage/s3-client';
import { checkHealth } from './check-health';

afterAll(async () => {
  closeS3();
  await closeDb();
});

it('is ok with every part, and says when a worker was last seen', async () => {
  const now = new Date();
  await beat({ id: 'w', startedAt: now, now });
  const health = healthResponse.parse(await checkHealth());
  expect(health).toMatchObject({ status: 'ok', worker: { seen: now.toISOString() } });
});

it('goes on while the audit log does not hold, and says so until it was read again', async () => {
  const now = new Date();
  const read = (minutes: number, isIntact: boolean) => getDb().auditCheck.create({ data: { at: new Date(now.getTime() + minutes * 60_000), isIntact, milliseconds: 1 } });
  expect(await checkHealth()).toMatchObject({ audit: { state: 'ok', checked: null } });
  await read(0, false);
  expect(await checkHealth()).toMatchObject({ status: 'ok', audit: { state: 'failing', checked: now.toISOString() } });
  await read(1, true);
  expect(await checkHealth()).toMatchObject({ audit: { state: 'ok' } });
});

it('fails where a migration is missing, was not ended, or is from another version', async () => {
  const [last] = await getDb().$queryRaw<{ id: string }[]>`select id from _prisma_migrations order by migration_name desc limit 1`;
  await getDb().$executeRaw`update _prisma_migrations set finished_at = null where id = ${last?.id}`;
  expect(await checkHealth()).toMatchObject({ status: 'failing', database: 'ok', storage: 'ok', migrations: 'failing' });
  await getDb().$executeRaw`update _prisma_migrations set finished_at = now() where id = ${last?.id}`;
  await getDb().$executeRaw`insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) values ('x', 'x', '99999999999999_future', now(), 1)`;
  expect(await checkHealth()).toMatchObject({ status: 'failing', migrations: 'failing' });
});
