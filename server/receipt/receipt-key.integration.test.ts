import { execFile } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { getEnv } from '../env';
import { getReceiptKey } from './receipt-key';

it('is made once by however many processes need it first, and only its owner may read it', async () => {
  const script = `import('@/server/receipt/receipt-key').then(({ getReceiptKey }) => process.stdout.write(getReceiptKey().keyId))`;
  const cwd = path.resolve(import.meta.dirname, '../..');
  const run = async () => (await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', script], { cwd, env: process.env })).stdout;
  const ids = await Promise.all([run(), run(), run()]);
  expect(new Set(ids)).toEqual(new Set([getReceiptKey().keyId]));
  const folder = path.join(getEnv().AIRLOCK_DATA_DIR, 'secrets');
  expect(readdirSync(folder)).toEqual(['receipt-key.pem']);
  expect(statSync(path.join(folder, 'receipt-key.pem')).mode & 0o777).toBe(0o600);
});
