import { randomUUID } from 'node:crypto';
import { type PresignSegmentsResponse } from '@/domain/contracts';
import { makeCase, makeCustomer, makeReadyCase } from '@/prisma/seed/library';
import { sha256Hex } from '@/server/crypto/secrets';
import { getDb } from '@/server/db';
import { keyHint, makeKeySecret } from '@/server/upload-key/key-format';
import { prepareSegment, put } from '../tests/fixtures/send-file';
import { listActions } from './support/entry-points';
import { baseUrl } from './support/environment';
import { fillCase } from './support/fill-case';
import { followMail, signInByLink } from './support/mail';
import { cookieOf, postTo } from './support/portal-call';
import { chooseFiles, confirmUnrequested, pressSend, sendingRow, textFile } from './support/send-page';
import { expect, signIn, test } from './support/test';

const MIB = 1024 * 1024;
const file = (changes: Record<string, unknown> = {}) => ({ name: 'server.log', kind: 'component_log', sizeBytes: 10, encoding: 'raw', ...changes });
const filesOf = (reference: string) => `/api/v1/cases/${reference}/files`;
const countFiles = (caseId: string) => getDb().diagnosticFile.count({ where: { caseId } });

async function makeKey(caseId: string, createdById: string): Promise<string> {
  const key = makeKeySecret();
  await getDb().uploadKey.create({ data: { caseId, createdById, keyHash: sha256Hex(key), hint: keyHint(key), expiresAt: new Date(Date.now() + 3_600_000) } });
  return key;
}

test.describe('another site', () => {
  const EVIL = 'http://localhost:4999';

  test('cannot send in the name of somebody who is signed in', async ({ page, customer }) => {
    const { case: made } = await makeReadyCase({ openedBy: customer });
    await page.route(`${EVIL}/**`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Free prizes</title>' }));
    await page.goto(EVIL);
    const answered = page.waitForResponse((response) => response.url() === baseUrl + filesOf(made.reference));
    // A neighbour on the same host: the browser sends the session cookie along.
    await page.evaluate((address) => {
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', enctype: 'text/plain', action: address });
      const field = document.createElement('input');
      Object.assign(field, { name: '{"name":"server.log","kind":"component_log","sizeBytes":10,"encoding":"raw","x":"', value: '"}' });
      form.append(field);
      document.body.append(form);
      form.submit();
    }, baseUrl + filesOf(made.reference));
    const response = await answered;
    expect((await response.request().allHeaders()).cookie, 'the test has to send the cookie').toContain('session');
    expect(response.status()).toBe(403);
    expect(await countFiles(made.id)).toBe(0);
  });

  test('is told apart by its origin, with a stable code', async ({ customer }) => {
    const { case: made } = await makeReadyCase({ openedBy: customer });
    const cookie = await cookieOf(customer);
    for (const origin of [EVIL, 'null', `${baseUrl}.example.test`]) {
      expect(await postTo(filesOf(made.reference), { cookie, origin, json: file() }), origin).toMatchObject({ status: 403, code: 'cross_origin' });
    }
    expect(await countFiles(made.id)).toBe(0);
    expect(await postTo(filesOf(made.reference), { cookie, json: file() })).toMatchObject({ status: 201 });
  });

  test('cannot call a server action, whatever it says about its host', async ({ customer }) => {
    const id = listActions().find(({ name }) => name === 'app/cases/new/actions.ts#openCaseAction')?.id ?? '';
    const cookie = await cookieOf(customer);
    for (const more of [{}, { 'x-forwarded-host': 'localhost:4999' }] as Record<string, string>[]) {
      const body = new FormData();
      for (const [name, value] of Object.entries({ title: 'Not mine', product: 'P', productVersion: '1', environment: 'test', severity: 'low', description: 'x' })) body.append(`_1_${name}`, value);
      body.append('0', JSON.stringify([{ ok: false }, '$K1']));
      const response = await fetch(`${baseUrl}/cases/new`, { method: 'POST', redirect: 'manual', headers: { cookie, origin: EVIL, 'next-action': id, ...more }, body });
      expect(response.headers.get('x-action-redirect')).toBeNull();
      expect(await response.text()).not.toContain('"ok":true');
    }
    expect(await getDb().case.count({ where: { organizationId: customer.organizationId } })).toBe(0);
  });
});

test('a body that is no JSON, too large or full of the unknown is refused with a code and a sentence', async ({ customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const cookie = await cookieOf(customer);
  const post = (call: { json?: unknown; text?: string; contentType?: string }) => postTo(filesOf(made.reference), { cookie, ...call });
  expect(await post({ text: 'name=server.log' })).toMatchObject({ status: 400, code: 'body_not_json' });
  expect(await post({ text: '' })).toMatchObject({ status: 400, code: 'body_not_json' });
  expect(await post({ json: file(), contentType: 'text/plain' })).toMatchObject({ status: 415, code: 'unsupported_media_type' });
  expect(await post({ text: JSON.stringify(file({ name: 'x'.repeat(10 * MIB) })) })).toMatchObject({ status: 413, code: 'body_too_large' });
  expect(await post({ json: file({ isAdmin: true }) })).toMatchObject({ status: 422, code: 'validation_failed' });
  expect(await post({ json: [] })).toMatchObject({ status: 422, code: 'validation_failed' });
  for (const sizeBytes of [-1, 1.5, 65 * 1024 ** 3, '10']) expect(await post({ json: file({ sizeBytes }) }), String(sizeBytes)).toMatchObject({ status: 422, code: 'validation_failed' });
  for (const name of ['../../etc/passwd', 'a\u0000b', 'a\nb', 'x'.repeat(1000), '', '..']) {
    const { status, code, detail, body } = await post({ json: file({ name }) });
    expect({ status, code }, JSON.stringify(name)).toEqual({ status: 422, code: 'validation_failed' });
    expect(detail).toMatch(/\.$/);
    expect(body.errors).toMatchObject([{ path: 'name' }]);
  }
  expect(await countFiles(made.id)).toBe(0);
});

test('a file that is no gzip although it was declared so is set aside, and its page says why', async ({ page, customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  const bearer = await makeKey(made.id, customer.id);
  const segment = prepareSegment(1, Buffer.from('<h1>502 Bad Gateway</h1>'), { encoding: 'gzip' });
  const { body } = await postTo(filesOf(made.reference), { bearer, json: file({ name: 'access.log.gz', encoding: 'gzip', sizeBytes: segment.body.length }) });
  const address = `/api/v1/files/${String(body.fileId)}`;
  const presigned = await postTo(`${address}/segments`, { bearer, json: { segments: [segment.announced] } });
  const [url] = (presigned.body as PresignSegmentsResponse).segments;
  if (!url) throw new Error('No URL was given.');
  expect((await put(url, segment.body)).status).toBe(200);
  await page.goto(`/cases/${made.reference}`);
  expect(await postTo(`${address}/complete`, { bearer, json: { segmentCount: 1 } })).toMatchObject({ status: 200 });
  const row = page.getByRole('row').filter({ hasText: 'access.log.gz' });
  await expect(row).toContainText('Quarantined');
  await expect(row).toContainText('The stored bytes are not one valid gzip stream.');
  await row.getByRole('link', { name: 'access.log.gz' }).click();
  await expect(page.getByText('The file did not pass the check')).toBeVisible();
  await expect(page.getByText(/The stored bytes are not one valid gzip stream\..*Nothing is wrong with your own copy\./)).toBeVisible();
  await page.goto('/notices');
  await expect(page.getByRole('heading', { name: `Case ${made.reference}: a file cannot be used` })).toBeVisible();
});

test.describe('a form', () => {
  test('that is empty says what is missing, takes the focus there, and keeps what was typed', async ({ page, customer: _ }) => {
    await page.goto('/cases/new');
    await expect(page.getByRole('textbox', { name: 'What happened?' })).toHaveAccessibleDescription(/Please paste no personal data/);
    await page.getByRole('textbox', { name: 'Product' }).fill('Example Server');
    await page.getByRole('radio', { name: 'Test', exact: true }).check();
    await page.getByRole('button', { name: 'Open the case' }).click();
    const summary = page.getByRole('alert').filter({ hasText: 'Correct these and send it again' });
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('listitem')).toHaveCount(4);
    await expect(page.getByRole('textbox', { name: 'Product' })).toHaveValue('Example Server');
    await expect(page.getByRole('radio', { name: 'Test', exact: true })).toBeChecked();
    await summary.getByRole('link').first().click();
    await expect(page.getByRole('textbox', { name: 'Title' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveAttribute('aria-invalid', 'true');
  });

  test('shows markup, formulas and names in any script as the text that they are', async ({ page, openBrowser, support }) => {
    const markup = `<img src=x onerror="document.title='owned'"><script>document.title='owned'</script>`;
    const name = '"><svg onload=alert(1)> كليو \u202Egpj.exe';
    const customer = await makeCustomer({ name });
    const tab = await (await openBrowser(customer)).newPage();
    for (const each of [page, tab]) each.on('dialog', (dialog) => void dialog.dismiss().then(() => expect(dialog.message()).toBe('no dialog at all')));
    await tab.goto('/cases/new');
    await fillCase(tab, `${markup} שלום`, `${markup}\n{{7*7}} \${7*7} javascript:alert(1)`);
    await tab.getByRole('button', { name: 'Open the case' }).click();
    await expect(tab.getByRole('heading', { level: 1, name: `${markup} שלום` })).toBeVisible();
    const reference = /AL-\w{4}-\w{4}/.exec(tab.url())?.[0] ?? '';
    expect(support.role).toBe('support');
    await page.goto(`/desk/cases/${reference}`);
    await expect(page.getByRole('heading', { level: 1, name: `${markup} שלום` })).toBeVisible();
    await expect(page.getByText('{{7*7}} ${7*7} javascript:alert(1)')).toBeVisible();
    await page.goto(`/desk?q=${encodeURIComponent(markup)}`);
    await expect(page.getByRole('row').filter({ hasText: reference })).toBeVisible();
    for (const each of [page, tab]) {
      expect(await each.title()).not.toBe('owned');
      expect(await each.locator('main img, main script[src], main svg[onload]').count()).toBe(0);
    }
  });
});

test('a case of somebody else and one that does not exist look the same', async ({ page, customer: _ }) => {
  const stranger = await makeCustomer();
  const { case: theirs } = await makeReadyCase({ openedBy: stranger });
  const said: string[] = [];
  for (const reference of [theirs.reference, 'AL-0000-0000', 'AL-7K3M-Q2ZD', 'x', `${theirs.reference}0`]) {
    for (const below of ['', '/policy', '/nda', '/files/new', `/files/${randomUUID()}`]) {
      const response = await page.goto(`/cases/${reference}${below}`);
      expect(response?.status(), below).toBe(404);
      said.push(await page.getByRole('main').innerText());
    }
  }
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toContain('There is nothing here, or you have no access to it.');
});

test.describe('signing in', () => {
  test('by a link that was used before is refused, with a way to a new one', async ({ page, context }) => {
    const address = `twice-${Date.now()}@example.test`;
    await page.goto('/sign-in');
    await signInByLink(page, address);
    await expect(page.getByRole('heading', { level: 1, name: 'Your organization' })).toBeVisible();
    await context.clearCookies();
    await followMail(page, address);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'You are not signed in' })).toContainText('The link was used before, was replaced, or is past its time.');
    await page.getByRole('link', { name: 'Ask for a new link' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  });

  test('after the session has ended leads back to where one was', async ({ page, context }) => {
    const customer = await makeCustomer();
    const { reference } = await makeCase({ openedBy: customer });
    await signIn(context, customer);
    await page.goto(`/cases/${reference}`);
    await getDb().session.updateMany({ where: { userId: customer.id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    await page.getByRole('link', { name: 'Read and accept the policy' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
    await signInByLink(page, customer.email);
    await expect(page.getByRole('button', { name: 'Accept the policy' })).toBeVisible();
    expect(new URL(page.url()).pathname).toBe(`/cases/${reference}/policy`);
  });

  test('says so where a form is sent after the session has ended, and keeps what was typed', async ({ page, customer }) => {
    await page.goto('/cases/new');
    await fillCase(page, 'Typed for an hour');
    await getDb().session.updateMany({ where: { userId: customer.id }, data: { revokedAt: new Date() } });
    await page.getByRole('button', { name: 'Open the case' }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'your session has ended' })).toBeFocused();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Typed for an hour');
  });
});

test('a case that is closed while files are chosen takes none, and says why', async ({ page, customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer });
  await page.goto(`/cases/${made.reference}/files/new`);
  await chooseFiles(page, textFile('late.log', 'too late\n'));
  await confirmUnrequested(page);
  // So that the page does not hear of it before Send is pressed.
  await page.route('**/api/cases/*/sending', (route) => route.abort());
  await getDb().case.update({ where: { id: made.id }, data: { status: 'closed', closedAt: new Date() } });
  await pressSend(page);
  await expect(sendingRow(page, 'late.log').getByRole('alert').or(sendingRow(page, 'late.log'))).toContainText('A closed case takes no more files.');
  expect(await countFiles(made.id)).toBe(0);
});
