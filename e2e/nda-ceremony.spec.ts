import { createHash } from 'node:crypto';
import { type BrowserContext, type Page } from '@playwright/test';
import { makeReadyCase, makeUser } from '@/prisma/seed/library';
import { expectAccessible, expectToFit } from './support/axe';
import { pressKey, typeInto } from './support/by-keyboard';
import { baseUrl } from './support/environment';
import { followMail } from './support/mail';
import { ServerClock } from './support/server-clock';
import { expectValidToOpenssl, expectValidToPdfsig } from './support/signed-pdf';
import { expect, test } from './support/test';

const PHONE = { width: 360, height: 740 };

test.describe.configure({ timeout: 180_000 });

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

/** Drops a file onto the page, as a person does from a folder. The page has to have shown already that it lives. */
async function dropPdf(page: Page, name: string, bytes: Buffer): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, base64]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], fileName, { type: 'application/pdf' }));
      return transfer;
    },
    [name, bytes.toString('base64')] as const,
  );
  await page.getByText('Drop the PDF here').dispatchEvent('drop', { dataTransfer: data });
}

/** What the public page says of the agreement, of its earlier version, of a changed one, and of what is too large. */
async function expectVerdicts(page: Page, { pdf, ofCustomer }: { pdf: Buffer; ofCustomer: Buffer }): Promise<void> {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') sent.push(new URL(request.url()).pathname);
  });
  const status = (title: string) => page.getByRole('status').filter({ hasText: title });
  const send = page.getByRole('button', { name: 'Check its signatures: send the file' });
  await page.goto('/verify');
  await page.getByLabel('PDF to check').setInputFiles({ name: 'huge.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(20 * 1024 * 1024 + 1, '%') });
  await expect(status('The file is larger than 20 MB.')).toBeVisible();
  await expect(send).toHaveCount(0);
  expect(sent, 'what is too large is not even hashed').toEqual([]);

  await dropPdf(page, 'agreement.pdf', pdf);
  await expect(status('The portal knows this file')).toContainText('Both sides');
  expect(sent, 'the hash alone has left the browser').toEqual(['/api/verify/hash']);
  await send.click();
  await expect(status('VALID: the file as the portal stored it')).toContainText('Zoë Žižek');
  await expect(page.getByRole('listitem').filter({ hasText: 'Intact' })).toHaveCount(3);
  await expect(page.getByText('by Test timestamp authority')).toHaveCount(process.env.E2E_TSA_ROOT ? 3 : 0);

  const tampered = Buffer.from(pdf);
  tampered[4000] = (tampered[4000] ?? 0) ^ 1;
  await dropPdf(page, 'tampered.pdf', tampered);
  await expect(status('The portal does not know this file')).toBeVisible();
  await send.click();
  await expect(status('BROKEN: a signature does not hold')).toBeVisible();

  await dropPdf(page, 'earlier.pdf', ofCustomer);
  await expect(status('an earlier version')).toContainText('The customer only');
  await send.click();
  await expect(status('VALID: an earlier version, as the customer alone had signed it')).toContainText('rely on the file that both sides signed');
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

  const clock = new ServerClock();
  const phone = await openBrowser(undefined, { viewport: PHONE });
  clock.watch(phone);
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
  const ofCustomer = await (await signing.request.get(new URL(signing.url()).pathname.replace(/done$/, 'document.pdf'))).body();
  expect(await reserve(page, made.reference)).toBe(409);

  const admin = await makeUser({ role: 'admin', name: '田中 太郎' });
  const office = await openBrowser(admin);
  clock.watch(office);
  const desk = await office.newPage();
  await desk.goto('/desk/ndas');
  await desk.getByRole('link', { name: organization }).first().click();
  await desk.getByRole('textbox', { name: 'Your title' }).fill('General Counsel');
  await desk.getByRole('checkbox', { name: /authorised to sign for/ }).check();
  await desk.getByRole('button', { name: /^Countersign for/ }).click();
  await expect(desk.getByText('Seal of the portal', { exact: true })).toBeVisible({ timeout: 30_000 });
  clock.tell(info);

  await page.goto(`/cases/${made.reference}`);
  await page.getByRole('link', { name: 'See the agreement' }).click();
  await expect(page.getByText('Both sides have signed.')).toBeVisible();
  await expect(page.getByText(readSha256)).toBeVisible();
  const pdf = await (await page.request.get(`${page.url()}/agreement.pdf`)).body();
  await expect(page.getByText(createHash('sha256').update(pdf).digest('hex'))).toBeVisible();
  expect(await reserve(page, made.reference)).toBe(201);

  const shown = { folder, info, signatures: 3 };
  await expectValidToPdfsig(pdf, shown);
  await expectValidToOpenssl(pdf, shown);
  await expectVerdicts(await (await openBrowser()).newPage(), { pdf, ofCustomer });
  await followMail(signing, email);
  await signing.getByRole('button', { name: 'Open the agreement' }).click();
  await expect(signing.getByRole('heading', { level: 1, name: 'The agreement is in force' })).toBeVisible();
});

test('a customer signs in person with a drawn signature that survives a rotation, in five screens', async ({ page, context, customer }, info) => {
  const clock = new ServerClock();
  clock.watch(context);
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
  await expect(field, 'the ink is dark in every theme').toHaveCSS('background-color', 'rgb(255, 255, 255)');
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
  clock.tell(info);
});

test('the whole way to a signature is gone by the keyboard alone, on a narrow screen', async ({ page, customer }) => {
  const { case: made } = await makeReadyCase({ openedBy: customer, ndaChoice: 'undecided' });
  await page.setViewportSize(PHONE);
  await page.goto(`/cases/${made.reference}/nda`);
  await pressKey(page, page.getByRole('link', { name: 'Sign now' }));
  for (const [name, text] of [['Legal name of your organization', 'Keyboard Ltd'], ['Registered address', 'Cork, Ireland'], ['Your full name', 'Łukasz Đặng'], ['Your title', 'Owner']] as const) await typeInto(page, page.getByRole('textbox', { name }), text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Confirm your address' })).toBeVisible();
  await typeInto(page, page.getByRole('textbox', { name: 'Code' }), await readCode(page.context(), customer.email));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: /Non-Disclosure Agreement/i })).toBeVisible();
  await pressKey(page, page.getByRole('link', { name: 'I have read it: go on to sign' }));
  for (const name of [/sign this agreement electronically/, /authorised to sign for/]) await pressKey(page, page.getByRole('checkbox', { name }), 'Space');
  await pressKey(page, page.getByRole('button', { name: 'Sign for Keyboard Ltd' }));
  await expect(page.getByRole('heading', { level: 1, name: 'You have signed' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Test identity', { exact: true })).toBeVisible();
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
