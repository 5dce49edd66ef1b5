import { inTransaction, getDb, type Prisma } from '../db';
import { openSecret } from '../crypto/secrets';
import { getEnv } from '../env';
import { log } from '../logger';
import { getMailer } from '../mail/get-mailer';
import { type SendMail } from '../mail/mail-message';
import { followNotice } from '../retention/follow-notice';
import { composeNotice } from './compose-notice';
import { isNoticeKind } from './notice-kinds';
import { renderMail } from './render-mail';

export const MAX_ATTEMPTS = 8;
const BATCH = 20;
const MAX_IN_ONE_RUN = 500;
/** A claimed notice is left alone this long, more than the slowest mail server may take; then a worker that died is taken to have died. */
const LEASE_MS = 5 * 60_000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 60 * 60_000;

type Claimed = { id: string; kind: string; address: string | null; userEmail: string | null; userDisabled: boolean; data: Record<string, unknown>; attempts: number };
type Totals = { sent: number; retried: number; dead: number };
type Send = { readonly now: Date; readonly mailer?: SendMail; readonly random?: () => number; readonly signal?: AbortSignal };

/** When to try again after the n-th attempt failed: 30 s doubled each time up to an hour, with up to half of it as jitter. */
export function retryDelayMs(attempts: number, random: () => number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
  return Math.round(full / 2 + (full / 2) * random());
}

/** Takes a batch for this worker alone; others skip its rows (SKIP LOCKED), and after this commits, its lease. */
function claim(now: Date): Promise<Claimed[]> {
  return getDb().$queryRaw<Claimed[]>`
    with due as (
      select "id" from "Notice" where "state" = 'queued' and "nextAttemptAt" <= ${now} order by "nextAttemptAt", "createdAt" limit ${BATCH} for update skip locked
    ), claimed as (
      update "Notice" n set "attempts" = n."attempts" + 1, "nextAttemptAt" = ${new Date(now.getTime() + LEASE_MS)} from due where n."id" = due."id" returning n.*
    )
    select c."id", c."kind", c."address", u."email" as "userEmail", u."disabledAt" is not null as "userDisabled", c."data", c."attempts"
    from claimed c left join "User" u on u."id" = c."userId" order by c."createdAt"`;
}

/** A stable word for what went wrong, such as `ETIMEDOUT` or `smtp_550`: a server's own words may quote the address. */
function errorWord(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if ('responseCode' in error && typeof error.responseCode === 'number') return `smtp_${error.responseCode}`;
  return 'code' in error && typeof error.code === 'string' && /^[A-Za-z0-9_]{1,40}$/.test(error.code) ? error.code : 'unknown';
}

/** What can never be sent, however often it is tried. */
function hopeless(notice: Claimed): string | null {
  if (!isNoticeKind(notice.kind)) return 'unknown_kind';
  if (notice.userDisabled) return 'recipient_disabled';
  return notice.address ?? notice.userEmail ? null : 'no_address';
}

async function deliver(notice: Claimed, mailer: SendMail): Promise<void> {
  if (!isNoticeKind(notice.kind)) return;
  const env = getEnv();
  const secret = typeof notice.data.sealed === 'string' ? openSecret(notice.data.sealed) : undefined;
  const mail = renderMail(composeNotice(notice.kind, notice.data), { portalUrl: env.AIRLOCK_URL, vendorName: env.VENDOR_NAME, supportEmail: env.VENDOR_SUPPORT_EMAIL }, secret);
  await mailer({ id: notice.id, to: notice.address ?? notice.userEmail ?? '', ...mail });
}

type Change = Prisma.NoticeUpdateManyMutationInput & { readonly state?: 'sent' | 'dead' };

/**
 * Writes how it ended, unless another worker has taken the notice over meanwhile, and with it what hangs on the notice. Secrets go once there is no more
 * use for them.
 */
async function settle(notice: Claimed, change: Change, now: Date): Promise<void> {
  const { state: became } = change;
  await inTransaction(async (tx) => {
    const { count } = await tx.notice.updateMany({ where: { id: notice.id, state: 'queued', attempts: notice.attempts }, data: change });
    if (count !== 1 || !became) return;
    // Of the row as it is by now: what an erasure took out of it while the mail was on its way stays out.
    await tx.$executeRaw`update "Notice" set "data" = "data" - 'sealed' where "id" = ${notice.id}::uuid`;
    await followNotice(tx, { noticeId: notice.id, became, now });
  });
}

async function sendOne(notice: Claimed, mailer: SendMail, now: Date, random: () => number): Promise<keyof Totals> {
  const why = hopeless(notice);
  if (why) {
    await settle(notice, { state: 'dead', lastError: why }, now);
    log('warn', 'notice-dead', { noticeId: notice.id, state: why });
    return 'dead';
  }
  try {
    await deliver(notice, mailer);
    await settle(notice, { state: 'sent', sentAt: now, lastError: null }, now);
    return 'sent';
  } catch (error) {
    const lastError = errorWord(error);
    const dead = notice.attempts >= MAX_ATTEMPTS;
    await settle(notice, dead ? { state: 'dead', lastError } : { lastError, nextAttemptAt: new Date(now.getTime() + retryDelayMs(notice.attempts, random)) }, now);
    log('warn', dead ? 'notice-dead' : 'notice-not-sent', { noticeId: notice.id, count: notice.attempts, state: lastError });
    return dead ? 'dead' : 'retried';
  }
}

/**
 * A job: mails the notices that are due. At least once: a worker that dies between the mail server's yes and the row sends
 * again, under the same Message-ID. Eight attempts over about an hour, then `dead`. Safe to run many at once.
 */
export async function sendDueNotices({ now, mailer = getMailer(), random = Math.random, signal }: Send): Promise<Totals> {
  const totals: Totals = { sent: 0, retried: 0, dead: 0 };
  for (let handled = 0; handled < MAX_IN_ONE_RUN && !signal?.aborted; ) {
    const batch = await claim(now);
    if (batch.length === 0) break;
    handled += batch.length;
    const ends = await Promise.all(batch.map((notice) => sendOne(notice, mailer, now, random)));
    for (const end of ends) totals[end] += 1;
  }
  return totals;
}
