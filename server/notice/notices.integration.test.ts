import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeCustomer, makeStaff, makeUser } from '@/prisma/seed/library';
import { getDb, inTransaction } from '../db';
import { getEnv } from '../env';
import { type MailMessage } from '../mail/mail-message';
import { outboxFolder, readOutbox } from '../mail/outbox';
import { listFailedNotices, retryNotice } from './failed-notices';
import { listNotices } from './list-notices';
import { markNoticesRead } from './mark-notices-read';
import { getNoticeSettings, saveNoticeSettings } from './notice-settings';
import { queueNotice } from './queue-notice';
import { MAX_ATTEMPTS, retryDelayMs, sendDueNotices } from './send-due-notices';

const now = new Date('2026-11-27T10:00:00.000Z');
const reference = 'AL-7K3M-Q2ZD';
const rowOf = (id: string) => getDb().notice.findUniqueOrThrow({ where: { id } });
const queueFor = (userId: string) => inTransaction((tx) => queueNotice(tx, { kind: 'case_opened', userId, data: { reference } }));
const queueLink = (address: string) => inTransaction((tx) => queueNotice(tx, { kind: 'sign_in_link', address, data: { next: '/' }, secret: 'the-secret' }));

function recorder() {
  const mails: MailMessage[] = [];
  return { mails, mailer: (mail: MailMessage) => Promise.resolve(void mails.push(mail)) };
}
const broken = (code: string) => () => Promise.reject(Object.assign(new Error('550 <canary@example.test> unknown'), { code }));

beforeEach(async () => {
  await getDb().notice.deleteMany();
});

describe('a notice', () => {
  it('is mailed once, to the person\'s address of now, and its secret is gone afterwards', async () => {
    const address = `${randomUUID()}@example.test`;
    const id = await queueLink(address);
    const { mails, mailer } = recorder();
    expect(await sendDueNotices({ now, mailer })).toEqual({ sent: 1, retried: 0, dead: 0 });
    expect(await sendDueNotices({ now, mailer })).toEqual({ sent: 0, retried: 0, dead: 0 });
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ id, to: address, text: expect.stringContaining('/sign-in/link#the-secret') });
    expect(await rowOf(id)).toMatchObject({ state: 'sent', sentAt: now, data: { next: '/' } });
  });

  it('is written only if what it tells is', async () => {
    const user = await makeCustomer();
    await expect(inTransaction(async (tx) => {
      await queueNotice(tx, { kind: 'case_opened', userId: user.id, data: { reference } });
      throw new Error('undone');
    })).rejects.toThrow('undone');
    expect(await getDb().notice.count()).toBe(0);
  });

  it('puts a job into the queue', async () => {
    const count = async () => Number((await getDb().$queryRaw<{ n: bigint }[]>`select count(*) as n from graphile_worker.jobs where task_identifier = 'send-notices'`)[0]?.n);
    const before = await count();
    await queueFor((await makeCustomer()).id);
    expect(await count()).toBe(before + 1);
  });

  it('is mailed once by many workers at the same time', async () => {
    const user = await makeCustomer();
    for (let count = 0; count < 30; count += 1) await queueFor(user.id);
    const { mails, mailer } = recorder();
    const totals = await Promise.all(Array.from({ length: 5 }, () => sendDueNotices({ now, mailer })));
    expect(totals.reduce((sum, { sent }) => sum + sent, 0)).toBe(30);
    expect(new Set(mails.map(({ id }) => id)).size).toBe(30);
    expect(mails).toHaveLength(30);
  });

  it('is tried again later and later, and given up after eight attempts', async () => {
    const id = await queueLink('ada@example.test');
    let at = now;
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
      expect(await sendDueNotices({ now: at, mailer: broken('ETIMEDOUT'), random: () => 1 })).toMatchObject(attempt < MAX_ATTEMPTS ? { retried: 1 } : { dead: 1 });
      const { nextAttemptAt } = await rowOf(id);
      if (attempt < MAX_ATTEMPTS) expect(nextAttemptAt.getTime() - at.getTime()).toBe(30_000 * 2 ** (attempt - 1));
      at = nextAttemptAt;
    }
    expect(await rowOf(id)).toMatchObject({ state: 'dead', attempts: MAX_ATTEMPTS, lastError: 'ETIMEDOUT', data: { next: '/' } });
  });

  it('is not tried again before its time', async () => {
    await queueLink('ada@example.test');
    await sendDueNotices({ now, mailer: broken('ETIMEDOUT') });
    const { mails, mailer } = recorder();
    await sendDueNotices({ now: new Date(now.getTime() + 1000), mailer });
    expect(mails).toEqual([]);
  });

  it('keeps no word of a mail server, which may quote the address', async () => {
    const id = await queueLink('ada@example.test');
    await sendDueNotices({ now, mailer: () => Promise.reject(Object.assign(new Error('550 <canary@example.test>'), { responseCode: 550, code: 'canary@example.test' })) });
    expect((await rowOf(id)).lastError).toBe('smtp_550');
  });

  it('of a worker that died is taken over when its lease ends', async () => {
    const id = await queueLink('ada@example.test');
    await getDb().notice.update({ where: { id }, data: { attempts: 1, nextAttemptAt: new Date(now.getTime() + 60_000) } });
    const { mailer } = recorder();
    expect(await sendDueNotices({ now, mailer })).toMatchObject({ sent: 0 });
    expect(await sendDueNotices({ now: new Date(now.getTime() + 60_000), mailer })).toMatchObject({ sent: 1 });
  });

  it('keeps out what an erasure took out of it while its mail was on its way', async () => {
    const id = await queueLink('ada@example.test');
    await sendDueNotices({ now, mailer: async () => { await getDb().notice.update({ where: { id }, data: { data: { next: '/erased', sealed: 'x' } } }); } });
    expect(await rowOf(id)).toMatchObject({ state: 'sent', data: { next: '/erased' } });
    expect(JSON.stringify((await rowOf(id)).data)).not.toContain('sealed');
  });

  it('to nobody is given up at once: a disabled person, one who was erased, a kind of another version', async () => {
    const disabled = await makeUser({ disabledAt: now });
    const erased = await makeCustomer();
    const ids = [await queueFor(disabled.id), await queueFor(erased.id), await queueLink('ada@example.test')];
    await getDb().user.update({ where: { id: erased.id }, data: { email: null } });
    await getDb().notice.update({ where: { id: ids[2] }, data: { kind: 'from_the_future' } });
    const { mails, mailer } = recorder();
    expect(await sendDueNotices({ now, mailer })).toEqual({ sent: 0, retried: 0, dead: 3 });
    expect(mails).toEqual([]);
    expect(await Promise.all(ids.map(async (id) => (await rowOf(id)).lastError))).toEqual(['recipient_disabled', 'no_address', 'unknown_kind']);
  });

  it('lands in the outbox in demo mode', async () => {
    await queueLink('outbox@example.test');
    await sendDueNotices({ now });
    expect((await readOutbox(outboxFolder(getEnv().AIRLOCK_DATA_DIR)))[0]).toMatchObject({ to: 'outbox@example.test', subject: 'Your sign-in link' });
  });

  it('spreads its retries, up to an hour', () => {
    expect([retryDelayMs(1, () => 0), retryDelayMs(1, () => 1), retryDelayMs(7, () => 1), retryDelayMs(30, () => 1)]).toEqual([15_000, 30_000, 1_920_000, 3_600_000]);
  });
});

describe('the notices page', () => {
  it('shows a person their own, newest first, and marks only those as read', async () => {
    const [ada, eve] = [await makeCustomer(), await makeCustomer()];
    const ids = [await queueFor(ada.id), await queueFor(ada.id)];
    const foreign = await queueFor(eve.id);
    expect((await listNotices({ actor: ada.actor })).notices.map(({ id }) => id)).toEqual([ids[1], ids[0]]);
    await markNoticesRead({ actor: ada.actor, now, noticeId: foreign });
    await markNoticesRead({ actor: ada.actor, now, noticeId: ids[0] });
    expect(await listNotices({ actor: ada.actor })).toMatchObject({ unread: 1 });
    await markNoticesRead({ actor: ada.actor, now });
    expect([(await listNotices({ actor: ada.actor })).unread, (await listNotices({ actor: eve.actor })).unread]).toEqual([0, 1]);
  });
});

describe('mail that failed', () => {
  const admin = async () => (await makeUser({ role: 'admin' })).actor;
  const giveUp = async (code = 'ETIMEDOUT') => {
    for (let attempt = 1, at = now; attempt <= MAX_ATTEMPTS; attempt += 1, at = new Date(at.getTime() + 3_600_000)) await sendDueNotices({ now: at, mailer: broken(code) });
  };

  it('is listed with its code and without its recipient, and goes out when it is tried again', async () => {
    const [customer, by] = [await makeCustomer(), await admin()];
    const id = await queueFor(customer.id);
    await giveUp();
    const { items, total } = await listFailedNotices({ actor: by });
    expect(total).toBe(1);
    expect(items[0]).toMatchObject({ id, subject: `Case ${reference} is open`, attempts: MAX_ATTEMPTS, code: 'ETIMEDOUT', nextAttemptAt: null, mayBeRetried: true });
    expect(JSON.stringify(items)).not.toContain(customer.email);
    await retryNotice({ actor: by, now, noticeId: id });
    const { mails, mailer } = recorder();
    expect(await sendDueNotices({ now, mailer })).toEqual({ sent: 1, retried: 0, dead: 0 });
    expect(mails[0]?.to).toBe(customer.email);
    await expect(retryNotice({ actor: by, now, noticeId: id })).rejects.toMatchObject({ code: 'conflict' });
    expect(await getDb().auditEvent.count({ where: { type: 'notice.retried', data: { path: ['noticeId'], equals: id } } })).toBe(1);
  });

  it('shows what is still tried by itself', async () => {
    await queueFor((await makeCustomer()).id);
    await sendDueNotices({ now, mailer: broken('ECONNECTION'), random: () => 1 });
    expect((await listFailedNotices({ actor: await admin() })).items[0]).toMatchObject({ attempts: 1, code: 'ECONNECTION', nextAttemptAt: new Date(now.getTime() + 30_000).toISOString(), mayBeRetried: false });
  });

  it('whose link is gone, or that has nobody to go to, is not tried again', async () => {
    const by = await admin();
    const ids = [await queueLink('ada@example.test'), await queueFor((await makeUser({ disabledAt: now })).id)];
    await giveUp();
    expect((await listFailedNotices({ actor: by })).items.map(({ mayBeRetried }) => mayBeRetried)).toEqual([false, false]);
    for (const noticeId of ids) await expect(retryNotice({ actor: by, now, noticeId })).rejects.toMatchObject({ code: 'conflict' });
    await expect(retryNotice({ actor: by, now, noticeId: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is for administrators', async () => {
    const id = await queueFor((await makeCustomer()).id);
    for (const { actor } of [await makeCustomer(), await makeStaff('support'), await makeStaff('data_admin')]) {
      await expect(listFailedNotices({ actor })).rejects.toMatchObject({ code: 'not_found' });
      await expect(retryNotice({ actor, now, noticeId: id })).rejects.toMatchObject({ code: 'not_found' });
    }
  });
});

describe('what a person wants by mail', () => {
  it('is everything at first, and then what they chose; the rest stands in the portal', async () => {
    const ada = await makeCustomer();
    expect((await getNoticeSettings({ actor: ada.actor })).map(({ byMail }) => byMail)).not.toContain(false);
    await saveNoticeSettings({ actor: ada.actor, byMail: ['files'] });
    await saveNoticeSettings({ actor: ada.actor, byMail: ['files', 'requests'] });
    expect((await getNoticeSettings({ actor: ada.actor })).filter(({ byMail }) => byMail).map(({ topic }) => topic)).toEqual(['requests', 'files']);
    const muted = await queueFor(ada.id);
    const { mails, mailer } = recorder();
    expect(await sendDueNotices({ now, mailer })).toEqual({ sent: 0, retried: 0, dead: 0 });
    expect(mails).toEqual([]);
    expect(await rowOf(muted)).toMatchObject({ state: 'unmailed', sentAt: null });
    expect((await listNotices({ actor: ada.actor })).notices.map(({ id }) => id)).toEqual([muted]);
  });

  it('never holds back what the policy obliges, nor what others want', async () => {
    const [ada, eve] = [await makeCustomer(), await makeCustomer()];
    await saveNoticeSettings({ actor: ada.actor, byMail: [] });
    await inTransaction((tx) => queueNotice(tx, { kind: 'file_expired', userId: ada.id, data: { reference, fileId: randomUUID(), kindLabel: 'Heap dump' } }));
    await queueFor(eve.id);
    const { mails, mailer } = recorder();
    await sendDueNotices({ now, mailer });
    expect(mails.map(({ to }) => to).sort()).toEqual([ada.email, eve.email].sort());
  });

  it('offers staff what concerns staff', async () => {
    expect((await getNoticeSettings({ actor: (await makeStaff('support')).actor })).map(({ topic }) => topic)).toEqual(['countersigning']);
  });
});
