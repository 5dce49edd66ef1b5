import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type BrowserContext, type Page, type TestInfo } from '@playwright/test';
import { makeReadyCase, makeUser } from '@/prisma/seed/library';
import { expectAccessible, expectToFit } from './support/axe';
import { baseUrl } from './support/environment';
import { followMail } from './support/mail';
import { expect, test } from './support/test';

const run = promisify(execFile);
const PHONE = { width: 360, height: 740 };
const SLOW_MS = 2000;

test.describe.configure({ timeout: 180_000 });

/** Notes the answers of the server that took longer than a person should wait. On a busy machine that says nothing, so it is noted only. */
function watchSlowSteps(context: BrowserContext, info: TestInfo): void {
  context.on('requestfinished', (request) => {
    const { responseStart } = request.timing();
    if (responseStart > SLOW_MS) info.annotations.push({ type: 'slow step', description: `${request.method()} ${new URL(request.url()).pathname}: ${Math.round(responseStart)} ms` });
  });
}

/** The code of the newest mail to an address, read in a tab of its own. */
async function readCode(context: BrowserContext, address: string): Promise<string> {
  const outbox = await context.newPage();
  await outbox.goto('/dev/outbox');
  const mail = outbox.locator('section').filter({ has: outbox.getByText(`To ${address}`, { exact: true }) }).filter({ hasText: 'Your code for signing' }).first();
  await expect(mail).toBeVisible({ timeout: 30_000 });
  const code = /\b\d{6}\b/.exec((await mail.textContent()) ?? '')?.[0] ?? '';
  await outbox.close();
  return code;
}

async function confirmAddress(page: Page, address: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm your address' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Code' }).fill(await readCode(page.context(), address));
  await page.getByRole('button', { name: 'Confirm and read' }).click();
}

/** From the text to the form: the hash that is read is the hash of the PDF. */
async function readText(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { level: 1, name: /Non-Disclosure Agreement/i })).toBeVisible();
  const sha256 = ((await page.locator('#document code').textContent()) ?? '').trim();
  const pdf = await page.context().request.get(page.url().replace(/\/read$/, '/document.pdf'));
  expect(createHash('sha256').update(await pdf.body()).digest('hex')).toBe(sha256);
  await page.getByRole('link', { name: 'I have read it: go on to sign' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign the agreement' })).toBeVisible();
  return sha256;
}

async function consent(page: Page): Promise<void> {
  for (const name of [/sign this agreement electronically/, /authorised to sign for/]) {
    await expect(page.getByRole('checkbox', { name })).not.toBeChecked();
    await page.getByRole('checkbox', { name }).check();
  }
}

async function fillParties(page: Page, person: { name: string; title: string; email?: string }, organization: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Legal name of your organization' }).fill(organization);
  await page.getByRole('textbox', { name: 'Registered address' }).fill('2 Sample Road, Cork, Ireland');
  await page.getByRole('textbox', { name: /full name/i }).fill(person.name);
  await page.getByRole('textbox', { name: /title$/i }).fill(person.title);
  if (person.email) await page.getByRole('textbox', { name: 'E-mail address of the signatory' }).fill(person.email);
}

async function reserve(page: Page, reference: string): Promise<number> {
  const answer = await page.request.post(`/api/v1/cases/${reference}/files`, { headers: { origin: baseUrl }, data: { name: 'gate.log', kind: 'component_log', sizeBytes: 10, encoding: 'raw' } });
  return answer.status();
}

/** What `pdfsig` of poppler-utils says, or null where it is not installed. */
async function pdfsig(file: string): Promise<string | null> {
  try {
    return (await run('pdfsig', ['-nocert', file])).stdout;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

test('a signatory without an account signs by link on a phone, staff countersign, and both have the file', async ({ page, customer, openBrowser, folder }, info) => {
  const email = `zoe-${customer.id}@example.test`;
  const organization = 'Łódź Data & Søn ApS';
  const { case: made } = await makeReadyCase({ openedBy: customer, ndaRequired: true, ndaChoice: 'undecided' });
  expect(await reserve(page, made.reference)).toBe(409);
  await page.goto(`/cases/${made.reference}`);
  await page.getByRole('link', { name: 'Arrange the NDA' }).click();
  await page.getByRole('link', { name: 'Send it' }).click();
  await fillParties(page, { name: 'Zoë Žižek', title: 'Managing Director', email }, organization);
  await page.getByRole('button', { name: 'Send to the signatory' }).click();
  await expect(page.getByText('It waits for the signatory')).toBeVisible();

  const phone = await openBrowser(undefined, { viewport: PHONE });
  watchSlowSteps(phone, info);
  const signing = await phone.newPage();
  await followMail(signing, email);
  await signing.getByRole('button', { name: 'Open the agreement' }).click();
  await confirmAddress(signing, email);
  const readSha256 = await readText(signing);
  await consent(signing);
  await expectToFit(signing);
  await expectAccessible(signing);
  await signing.getByRole('button', { name: `Sign for ${organization}` }).click();
  await expect(signing.getByRole('heading', { level: 1, name: 'You have signed' })).toBeVisible({ timeout: 30_000 });
  expect(await reserve(page, made.reference)).toBe(409);

  const admin = await makeUser({ role: 'admin', name: '田中 太郎' });
  const office = await openBrowser(admin);
  watchSlowSteps(office, info);
  const desk = await office.newPage();
  await desk.goto('/desk/ndas');
  await desk.getByRole('link', { name: organization }).first().click();
  await desk.getByRole('textbox', { name: 'Your title' }).fill('General Counsel');
  await desk.getByRole('checkbox', { name: /authorised to sign for/ }).check();
  await desk.getByRole('button', { name: /^Countersign for/ }).click();
  await expect(desk.getByText('Seal of the portal', { exact: true })).toBeVisible({ timeout: 30_000 });

  await page.goto(`/cases/${made.reference}`);
  await page.getByRole('link', { name: 'See the agreement' }).click();
  await expect(page.getByText('Both sides have signed.')).toBeVisible();
  await expect(page.getByText(readSha256)).toBeVisible();
  const pdf = await (await page.request.get(`${page.url()}/agreement.pdf`)).body();
  await expect(page.getByText(createHash('sha256').update(pdf).digest('hex'))).toBeVisible();
  expect(await reserve(page, made.reference)).toBe(201);

  const checking = await (await openBrowser()).newPage();
  await checking.goto('/verify');
  await checking.getByLabel('PDF to check').setInputFiles({ name: 'agreement.pdf', mimeType: 'application/pdf', buffer: pdf });
  await expect(checking.getByRole('status').filter({ hasText: 'The portal knows this file' })).toContainText('Both sides');
  await checking.getByRole('button', { name: 'Check its signatures: send the file' }).click();
  await expect(checking.getByRole('status').filter({ hasText: 'VALID: the file as the portal stored it' })).toContainText('Zoë Žižek');
  await expect(checking.getByRole('listitem').filter({ hasText: 'Intact' })).toHaveCount(3);

  const file = path.join(folder, 'agreement.pdf');
  await writeFile(file, pdf);
  const said = await pdfsig(file);
  info.annotations.push({ type: 'pdfsig', description: said ?? 'not installed' });
  if (said !== null) {
    expect(said.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(3);
    expect(said.match(/ETSI\.CAdES\.detached/g)).toHaveLength(3);
    expect(said.slice(said.lastIndexOf('Signature #'))).toContain('Total document signed');
  }
  await followMail(signing, email);
  await signing.getByRole('button', { name: 'Open the agreement' }).click();
  await expect(signing.getByRole('heading', { level: 1, name: 'The agreement is in force' })).toBeVisible();
});

test('a customer signs in person with a drawn signature that survives a rotation, in five screens', async ({ page, context, customer }, info) => {
  watchSlowSteps(context, info);
  const { case: made } = await makeReadyCase({ openedBy: customer, ndaChoice: 'undecided' });
  await page.setViewportSize(PHONE);
  await page.goto(`/cases/${made.reference}/nda`);
  const screens: string[] = [];
  page.on('framenavigated', (frame) => {
    const { pathname } = new URL(frame.url());
    if (frame === page.mainFrame() && screens.at(-1) !== pathname) screens.push(pathname);
  });
  await page.getByRole('link', { name: 'Sign now' }).click();
  await fillParties(page, { name: 'Łukasz Đặng', title: 'Owner' }, 'Example Customer Ltd');
  await page.getByRole('button', { name: /^Go on/ }).click();
  await confirmAddress(page, customer.email);
  await readText(page);
  await page.getByRole('radio', { name: 'Drawn' }).check();
  const field = page.getByRole('img', { name: /draw your signature/ });
  await field.scrollIntoViewIfNeeded();
  const box = await field.boundingBox();
  if (!box) throw new Error('The field is not on the page.');
  await page.mouse.move(box.x + 20, box.y + 60);
  await page.mouse.down();
  for (const [x, y] of [[80, 15], [140, 70], [220, 25]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 8 });
  await page.mouse.up();
  const drawing = page.locator('input[name=drawing]');
  await expect(drawing).not.toHaveValue('[]');
  const drawn = await drawing.inputValue();
  const inked = () => field.evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement;
    return (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data.some((value) => value > 0) ?? false;
  });
  await page.setViewportSize({ width: PHONE.height, height: PHONE.width });
  await expect.poll(() => field.evaluate((canvas) => (canvas as HTMLCanvasElement).width)).toBeGreaterThan(box.width + 50);
  await expect.poll(inked).toBe(true);
  await expect(drawing).toHaveValue(drawn);
  await page.getByRole('button', { name: /^Sign for/ }).click();
  await expect(page.getByRole('heading', { name: 'Correct these and send it again' })).toBeVisible();
  await consent(page);
  await expect(drawing).toHaveValue(drawn);
  await page.getByRole('button', { name: /^Sign for/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'You have signed' })).toBeVisible({ timeout: 30_000 });
  expect(screens.length, screens.join(' ')).toBeLessThanOrEqual(6);
});

test('a reload of another person\'s browser gets nowhere, and a withdrawn agreement cannot be signed', async ({ page, customer, openBrowser }) => {
  const email = `late-${customer.id}@example.test`;
  const { case: made } = await makeReadyCase({ openedBy: customer, ndaChoice: 'undecided' });
  await page.goto(`/cases/${made.reference}/nda/send`);
  await fillParties(page, { name: 'Late Signatory', title: 'Director', email }, 'Example Customer Ltd');
  await page.getByRole('button', { name: 'Send to the signatory' }).click();
  await expect(page.getByText('It waits for the signatory')).toBeVisible();
  const theirs = await openBrowser();
  const signing = await theirs.newPage();
  await followMail(signing, email);
  await signing.getByRole('button', { name: 'Open the agreement' }).click();
  await confirmAddress(signing, email);
  await readText(signing);
  await consent(signing);
  const stranger = await (await openBrowser()).newPage();
  await stranger.goto(new URL(signing.url()).pathname);
  await expect(stranger.getByRole('heading', { level: 1, name: 'The signing session has ended' })).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw', exact: true }).click();
  await page.getByRole('button', { name: 'Withdraw it' }).click();
  await expect(page.getByText('It was withdrawn and binds nobody.')).toBeVisible();
  await signing.getByRole('button', { name: /^Sign for/ }).click();
  await expect(signing.getByRole('alert').filter({ hasText: 'Nothing was signed.' })).toBeVisible();
});
