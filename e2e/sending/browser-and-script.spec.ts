import { sampleContent } from '@/tests/fixtures/send-file';
import { makeUploadKey } from '@/tests/fixtures/api-client';
import { getDb } from '@/server/db';
import { fileOf, openSending, send, sendingRow } from '../support/send-page';
import { SendingMachine, sentFiles } from '../support/send-script';
import { StorageGate } from '../support/storage-gate';
import { digestFile, listObjectKeys, zcatObjects } from '../support/stored-objects';
import { expect, test } from '../support/test';

const MIB = 1024 * 1024;
const NAME = 'java_pid4711.hprof';

test.describe('one file by two ways', () => {
  test('a browser goes on with what a script began with an upload key', async ({ page, customer, folder }) => {
    const machine = await SendingMachine.in(folder);
    const made = await openSending(page, customer);
    const { secret } = await makeUploadKey(made.id, customer.id);
    const file = await machine.write(NAME, sampleContent(14 * MIB));
    await machine.setFault('hold', 2);
    const run = machine.start({ key: secret, args: ['--case', made.reference, '--segment-mib', '4', '--jobs', '1', file] });
    await expect.poll(() => machine.isHeld(), { timeout: 30_000 }).toBe(true);
    process.kill(run.pid, 'SIGTERM');
    expect((await run.ended).code).toBe(143);

    const gate = await StorageGate.before(page.context());
    await page.goto(`/cases/${made.reference}/files/new`);
    await expect(page.getByRole('region', { name: 'Not sent to the end' })).toContainText('A machine with an upload key began it');
    await page.getByLabel(`${NAME}, again`).setInputFiles(file);
    await expect(sendingRow(page, NAME)).toContainText('Verified');
    expect(gate.sent.map((key) => key.slice(-5)).toSorted(), 'only what is missing is sent').toEqual(['.0003', '.0004']);
    const { id } = await fileOf(made.id);
    expect(await getDb().diagnosticFile.count({ where: { caseId: made.id } })).toBe(1);
    expect(await zcatObjects(await listObjectKeys(made.reference, id))).toEqual(await digestFile(file));
  });

  test('a script finishes what a browser began, and the browser says so', async ({ page, customer, folder }) => {
    const machine = await SendingMachine.in(folder);
    const gate = await StorageGate.before(page.context());
    const made = await openSending(page, customer);
    const { secret } = await makeUploadKey(made.id, customer.id);
    const file = await machine.write(NAME, sampleContent(17 * MIB));
    gate.hold(/\.0003$/);
    await send(page, file);
    await expect.poll(() => gate.holding).toBe(1);
    await expect.poll(() => listObjectKeys(made.reference)).toHaveLength(2);
    await page.getByRole('button', { name: `Pause ${NAME}` }).click();
    await expect(sendingRow(page, NAME)).toContainText('Paused');

    const run = await machine.run({ key: secret, args: ['--case', made.reference, '--wait', file] });
    expect(run.err).toContain('going on with what was sent before');
    expect(run.code).toBe(0);
    expect(await machine.countPuts(), 'only what is missing is sent').toBe(1);
    const [fileId = ''] = sentFiles(run.out).values();
    expect(await zcatObjects(await listObjectKeys(made.reference, fileId))).toEqual(await digestFile(file));

    await page.getByRole('button', { name: `Resume ${NAME}` }).click();
    await expect(sendingRow(page, NAME)).toContainText('Verified');
    expect(gate.sent.filter((key) => key.endsWith('.0003'))).toEqual([]);
  });
});
