import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { makeCustomer, makeStaff, makeUser } from '@/prisma/seed/library';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { openSecret } from '../crypto/secrets';
import { getDb } from '../db';
import { authOptions } from './auth-options';
import { redeemSignInLink } from './redeem-sign-in-link';
import { requestSignInLink } from './request-sign-in-link';
import { listDemoAccounts, signInDemo } from './sign-in-demo';
import { signInOidc } from './sign-in-oidc';

const mode = vi.hoisted(() => ({ isDemo: true }));
vi.mock('../env', async (importOriginal) => ({ ...(await importOriginal<object>()), isDemo: () => mode.isDemo }));

const now = new Date('2026-11-27T10:00:00.000Z');
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const device = 'Firefox on Linux';
const freshAddress = () => `${randomUUID()}@example.test`;
let network = '';
beforeEach(() => {
  network = randomUUID();
});

/** Asks for a link and reads its secret as the mail would carry it. */
async function linkFor(email: string, at = now): Promise<string> {
  await requestSignInLink({ email, network, now: at });
  const notice = await getDb().notice.findFirstOrThrow({ where: { address: email, kind: 'sign_in_link' }, orderBy: { id: 'desc' } });
  return openSecret((notice.data as { sealed: string }).sealed);
}
const redeem = (secret: string, at = now) => redeemSignInLink({ secret, network, device, now: at });
const refusals = (reason: string) => getDb().auditEvent.count({ where: { type: 'session.refused', data: { path: ['reason'], equals: reason } } });

describe('a sign-in link', () => {
  it('signs in the person whose address it was sent to', async () => {
    const customer = await makeCustomer();
    const actor = await redeem(await linkFor(customer.email));
    expect(actor).toMatchObject({ userId: customer.id, role: 'customer', organizationId: customer.organizationId });
    const session = await getDb().session.findUniqueOrThrow({ where: { id: actor.sessionId } });
    expect(session).toMatchObject({ userId: customer.id, device, expiresAt: new Date(now.getTime() + 7 * 24 * 60 * 60_000) });
  });

  it('is kept nowhere in readable form', async () => {
    const secret = await linkFor(freshAddress());
    const [tokens, notices] = [await getDb().signInToken.findMany(), await getDb().notice.findMany()];
    expect(JSON.stringify([tokens, notices])).not.toContain(secret);
  });

  it('works once: of ten at the same moment exactly one gets in', async () => {
    const email = freshAddress();
    const secret = await linkFor(email);
    const ends = await Promise.allSettled(Array.from({ length: 10 }, () => redeem(secret)));
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'link_invalid' });
    expect(await getDb().user.count({ where: { email } })).toBe(1);
    expect(await getDb().session.count({ where: { user: { email } } })).toBe(1);
  });

  it('makes one account where two links of a new address are redeemed at once', async () => {
    const email = freshAddress();
    const secrets = [await linkFor(email), await linkFor(email)];
    const ends = await Promise.allSettled(secrets.map((secret) => redeem(secret)));
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await getDb().user.count({ where: { email } })).toBe(1);
  });

  it('ends the other links of its address when it is redeemed, not when they are asked for', async () => {
    const email = freshAddress();
    const [first, second] = [await linkFor(email), await linkFor(email)];
    await redeem(first);
    await expect(redeem(second)).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it('ends after 15 minutes', async () => {
    const secret = await linkFor(freshAddress());
    const before = await refusals('expired');
    await expect(redeem(secret, after(15))).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await refusals('expired')).toBe(before + 1);
  });

  it.each(['', 'x', 'A'.repeat(43), 'A'.repeat(100_000), '\u0000'.repeat(43)])('refuses a made-up secret', async (secret) => {
    await expect(redeem(secret)).rejects.toMatchObject({ code: 'link_invalid' });
  });

  it('makes a stranger a customer without an organization, whatever their domain', async () => {
    const colleague = await makeCustomer({ email: `first@${randomUUID()}.test` });
    const actor = await redeem(await linkFor(`second@${colleague.email.split('@')[1]}`));
    expect(actor).toMatchObject({ role: 'customer', organizationId: null });
    expect(await getDb().auditEvent.count({ where: { type: 'user.created', actorId: actor.pseudonym } })).toBe(1);
  });

  it('tells a disabled person nothing else than anybody whose link does not work', async () => {
    const disabled = await makeUser({ disabledAt: now });
    const secret = await linkFor(disabled.email);
    await expect(redeem(secret)).rejects.toMatchObject({ code: 'link_invalid' });
    expect(await refusals('disabled')).toBeGreaterThan(0);
  });

  it('gives staff a session of a working day', async () => {
    const staff = await makeStaff('support');
    const actor = await redeem(await linkFor(staff.email));
    const { expiresAt } = await getDb().session.findUniqueOrThrow({ where: { id: actor.sessionId } });
    expect(expiresAt).toEqual(new Date(now.getTime() + 12 * 60 * 60_000));
  });
});

describe('asking for a link', () => {
  it('does the same work and gives the same answer for every address', async () => {
    const known = await makeCustomer();
    const disabled = await makeUser({ disabledAt: now });
    const rowsFor = async (email: string) => [await requestSignInLink({ email, network, now }), await getDb().signInToken.count({ where: { email } }), await getDb().notice.count({ where: { address: email } })];
    const answers = [await rowsFor(known.email), await rowsFor(disabled.email), await rowsFor(freshAddress())];
    expect(answers).toEqual([[undefined, 1, 1], [undefined, 1, 1], [undefined, 1, 1]]);
  });

  it('is limited by address, also for a crowd of networks', async () => {
    const email = freshAddress();
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => requestSignInLink({ email, network: randomUUID(), now })));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(requestSignInLink({ email, network, now: after(1) })).rejects.toMatchObject({ code: 'rate_limited', retryAfterSeconds: 14 * 60 });
    await requestSignInLink({ email, network, now: after(15) });
  });

  it('is limited by network, whatever the addresses', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 40 }, () => requestSignInLink({ email: freshAddress(), network, now })));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(30);
  });

  it('keeps neither address nor network in its counts', async () => {
    const email = freshAddress();
    await requestSignInLink({ email, network, now });
    const counts = JSON.stringify(await getDb().rateLimit.findMany());
    expect(counts).not.toContain(email);
    expect(counts).not.toContain(network);
  });
});

describe('other ways in', () => {
  it('let demo accounts in by one click, and no others', async () => {
    const demo = await makeCustomer({ isDemo: true });
    const real = await makeCustomer();
    expect(await signInDemo({ userId: demo.id, device, now })).toMatchObject({ userId: demo.id });
    for (const userId of [real.id, randomUUID(), "' or 1=1"]) await expect(signInDemo({ userId, device, now })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('let no demo account in where the portal is not in demo mode, and offer none', async () => {
    const demo = await makeCustomer({ isDemo: true });
    const providers = () => authOptions({}).providers.map(({ options }) => (options as { id: string }).id);
    expect([await listDemoAccounts(), providers()]).toEqual([expect.arrayContaining([expect.objectContaining({ userId: demo.id })]), ['email-link', 'demo']]);
    mode.isDemo = false;
    try {
      await expect(signInDemo({ userId: demo.id, device, now })).rejects.toMatchObject({ code: 'not_found' });
      expect([await listDemoAccounts(), providers()]).toEqual([[], ['email-link']]);
    } finally {
      mode.isDemo = true;
    }
  });

  it('admit by OIDC only staff that are known here and verified there', async () => {
    const staff = await makeStaff('admin');
    const customer = await makeCustomer();
    expect(await signInOidc({ email: staff.email.toUpperCase(), emailVerified: true, device, now })).toMatchObject({ userId: staff.id, role: 'admin' });
    for (const claims of [{ email: staff.email, emailVerified: false }, { email: staff.email, emailVerified: 'true' }, { email: customer.email, emailVerified: true }, { email: freshAddress(), emailVerified: true }, { email: undefined, emailVerified: true }, { email: ['a'], emailVerified: true }]) {
      expect(await signInOidc({ ...claims, device, now })).toBeNull();
    }
  });

  it('leave a chain of audit events that holds and names nobody', async () => {
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
    expect(JSON.stringify((await getDb().auditEvent.findMany()).map(({ data }) => data))).not.toContain('@');
  });
});
