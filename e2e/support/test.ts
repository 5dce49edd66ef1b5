import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type BrowserContext, type BrowserContextOptions, test as base } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { makeCustomer, makeSession, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { sessionCookie, signingCookie } from '@/server/auth/session-cookie';
import { getAuthSecret } from '@/server/env';
import { ADDRESS_IN_URL } from './canary';
import { baseUrl } from './environment';

/** The value of the session cookie that a signed-in browser of `user` has; makes a Session row of its own for each browser. */
export async function sessionCookieValue(user: SeedUser): Promise<string> {
  const session = await makeSession({ ...user, actor: { ...user.actor, sessionId: randomUUID() } });
  return encode({ token: { sid: session.id }, secret: getAuthSecret(), maxAge: 24 * 60 * 60 });
}

/** Signs a browser in as `user` by inserting a session row: the sign-in pages have their own tests. */
export async function signIn(context: BrowserContext, user: SeedUser): Promise<void> {
  await context.addCookies([{ name: sessionCookie().name, value: await sessionCookieValue(user), url: baseUrl, httpOnly: true, sameSite: 'Lax' }]);
}

/** Gives a browser the cookie of a signing session. */
export async function allowToSign(context: BrowserContext, token: string): Promise<void> {
  await context.addCookies([{ name: signingCookie().name, value: token, url: baseUrl, httpOnly: true, sameSite: 'Lax' }]);
}

/** Collects what a page throws, and what its content security policy or React complain about. */
function watch(context: BrowserContext, errors: string[]): void {
  // Addresses stay in browser histories, in logs of proxies and in the Referer header.
  context.on('request', (request) => {
    if (ADDRESS_IN_URL.test(request.url().replace(/#.*$/, ''))) errors.push('Somebody\'s e-mail address, or a canary, stood in the address of a request.');
  });
  context.on('weberror', (error) => errors.push(error.error().message));
  context.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|hydrat/i.test(message.text())) errors.push(message.text());
  });
}

type Fixtures = {
  /** A customer in an organization of their own, signed in. */
  customer: SeedUser & { readonly organizationId: string };
  /** A support engineer, signed in, in the same browser instead of the customer. */
  support: SeedUser;
  admin: SeedUser;
  /** A folder for this test alone; gone with what is in it when the test ends. */
  folder: string;
  /** Opens another browser, with somebody signed in or nobody; closed when the test ends. */
  openBrowser: (who?: SeedUser, options?: BrowserContextOptions) => Promise<BrowserContext>;
  errors: string[];
};

/** Playwright's test with people. Asking for one of them signs the page in as that person. A page that throws fails its test. */
export const test = base.extend<Fixtures & { noPageErrors: void }>({
  customer: async ({ context }, use) => {
    const user = await makeCustomer({ name: 'Cleo Customer' });
    await signIn(context, user);
    await use(user);
  },
  support: async ({ context }, use) => {
    const user = await makeStaff('support');
    await signIn(context, user);
    await use(user);
  },
  admin: async ({ context }, use) => {
    const user = await makeUser({ role: 'admin', name: 'Ari Admin' });
    await signIn(context, user);
    await use(user);
  },
  // Playwright reads from the first parameter which fixtures it needs; the name of the browser is a cheap one.
  folder: async ({ browserName }, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), `airlock-e2e-${browserName}-`));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  openBrowser: async ({ browser, errors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async (who, options) => {
      const context = await browser.newContext(options);
      contexts.push(context);
      watch(context, errors);
      if (who) await signIn(context, who);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
  errors: async ({ browserName }, use) => {
    const errors: string[] = [];
    await use(errors);
    if (errors.length > 0) throw new Error(`A page complained in ${browserName}:\n${errors.join('\n')}`);
  },
  noPageErrors: [
    async ({ context, errors }, use) => {
      watch(context, errors);
      await use();
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';
