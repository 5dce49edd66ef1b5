import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { z } from 'zod';
import { DAY_MS, minutesBefore } from '@/domain/durations';
import { type Health, healthResponse } from '@/domain/health';
import { COMPARED_LATE_MINUTES } from '@/domain/policy-evidence';
import { getEnv } from '../env';
import { askForTimestamp, getTimestampAuthority } from '../esign/timestamp';
import { signingIdentityStatus } from '../esign/signing-identity';
import { verifyMailServer } from '../mail/verify-mail-server';
import { getReceiptKey } from '../receipt/receipt-key';
import { type Diagnosis, fail, look, ok, warn } from './diagnosis';
import { judgeClock } from './check-storage';

const PATIENCE_MS = 10_000;
/** Certificates are renewed automatically some 30 days ahead: fewer days left means that this does not happen. */
const WARN_DAYS = 21;

/** Days that a certificate has left, as a diagnosis. */
export function judgeExpiry(part: string, what: string, notAfter: Date, now: Date): Diagnosis {
  const days = Math.floor((notAfter.getTime() - now.getTime()) / DAY_MS);
  const day = notAfter.toISOString().slice(0, 10);
  const remedy = 'Renew it.';
  if (days < 0) return fail(part, `${what} ended on ${day}.`, remedy);
  if (days < WARN_DAYS) return warn(part, `${what} ends on ${day}, in ${days} days.`, remedy);
  return ok(part, `${what} is valid until ${day}.`);
}

/** The certificate of the portal's public address, as a browser would see it. */
export async function checkPortalCertificate({ now }: { readonly now: Date }): Promise<readonly Diagnosis[]> {
  const url = new URL(getEnv().AIRLOCK_URL);
  const part = 'address: certificate';
  if (url.protocol !== 'https:') return [fail(part, 'The portal\'s address is not HTTPS.', 'Set AIRLOCK_URL to the https:// address of the proxy that ends TLS before the portal.')];
  return look(part, 'Start the proxy that ends TLS before the portal, and give it a certificate that this machine trusts.', async () => {
    const notAfter = await certificateEnd(url.hostname, Number(url.port || 443));
    return [judgeExpiry(part, 'The certificate of the portal\'s address', notAfter, now)];
  });
}

function certificateEnd(host: string, port: number): Promise<Date> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, ...(isIP(host) === 0 ? { servername: host } : {}), timeout: PATIENCE_MS }, () => {
      const { valid_to: end } = socket.getPeerCertificate();
      socket.end();
      resolve(new Date(end));
    });
    socket.once('timeout', () => socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })));
    socket.once('error', reject);
  });
}

const { worker, retention, audit, reconciler } = healthResponse.shape;
const aliveAnswer = z.object({ worker, retention, audit, reconciler });
const WORKER_SILENT_MS = 2 * 60_000;

/** Without a worker the portal answers, but nothing is read back, mailed or erased. */
export function judgeWorker(seen: string | null, now: Date): Diagnosis {
  const isThere = seen !== null && now.getTime() - new Date(seen).getTime() < WORKER_SILENT_MS;
  return isThere ? ok('worker', 'A worker reported within the last two minutes.') : fail('worker', seen === null ? 'No worker was ever seen.' : `No worker was seen since ${seen}.`, 'Start a worker: without one nothing is read back, mailed or erased.');
}

/** What the portal says of itself although it answers on: dates that are not kept, a bucket that is not compared with the records, an audit log that did not hold. */
export function judgeKeeping({ retention: dates, audit: log, reconciler: compared }: Pick<Health, 'retention' | 'audit' | 'reconciler'>, now: Date): Diagnosis[] {
  const isCompared = compared.seen !== null && new Date(compared.seen) > minutesBefore(now, COMPARED_LATE_MINUTES);
  return [
    dates.state === 'ok' ? ok('retention', 'The sweeper runs, and nothing is overdue.') : fail('retention', `The portal does not keep its dates: ${dates.overdue} overdue, last sweep ${dates.swept ?? 'never'}.`, 'Every page of the desk says what is wrong. Act at once: data is held for longer than promised.'),
    isCompared ? ok('retention: bucket', 'The whole bucket was compared with the records within the last hour.') : warn('retention: bucket', `The whole bucket was ${compared.seen === null ? 'never' : 'last'} compared with the records${compared.seen === null ? '' : ` at ${compared.seen}`}.`, 'The first comparison comes within ten minutes of a start. Later, look for reconcile-failed in the log, and let the worker list the versions of the bucket.'),
    log.state === 'ok' ? ok('audit', log.checked === null ? 'The audit log was not read yet.' : 'The audit log held when it was last read.') : fail('audit', 'The audit log did not hold when it was last read.', '`npm run audit:verify` names the first broken link.'),
  ];
}

/** A worker, Strict-Transport-Security and a healthy answer at the public address (P-TRANSIT). */
export async function checkPortalAnswer(): Promise<readonly Diagnosis[]> {
  const url = new URL('/api/health', getEnv().AIRLOCK_URL);
  return look('address: answer', 'Start the portal, and let the proxy pass AIRLOCK_URL on to it.', async () => {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    const answer = aliveAnswer.safeParse(await response.json().catch(() => null));
    const hsts = response.headers.get('strict-transport-security');
    return [
      ...(answer.success ? [judgeWorker(answer.data.worker.seen, new Date()), ...judgeKeeping(answer.data, new Date())] : []),
      response.status === 200 ? ok('address: answer', 'The portal answers at its public address and is healthy.') : fail('address: answer', `The portal's public address answers ${response.status}.`, 'GET /api/health names the part that fails.'),
      hsts ? ok('address: hsts', 'Strict-Transport-Security is set.') : fail('address: hsts', 'Strict-Transport-Security is not set.', 'Let the proxy pass the portal\'s headers on, or set the header for everything it serves.'),
    ];
  });
}

/** The clock of the storage, by the Date of an answer that needs no rights. */
export async function checkStorageClock(): Promise<readonly Diagnosis[]> {
  const { S3_ENDPOINT, AWS_REGION } = getEnv();
  const url = S3_ENDPOINT ?? `https://s3.${AWS_REGION}.amazonaws.com/`;
  return look('clock: storage', 'Let this machine reach the storage by HTTPS.', async () => {
    const asked = new Date();
    const response = await fetch(url, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PATIENCE_MS) });
    const answered = new Date();
    await response.body?.cancel();
    const date = response.headers.get('date');
    return date ? [judgeClock('storage', { theirs: new Date(date), asked, answered })] : [warn('clock: storage', 'The storage did not say what time it is.', 'Compare this machine\'s clock by hand.')];
  });
}

export async function checkMail(): Promise<readonly Diagnosis[]> {
  return look('mail', 'Mend SMTP_URL: the portal mails sign-in links, and every notice that the policy obliges it to give.', async () => {
    const { SMTP_URL } = getEnv();
    if (!SMTP_URL) return [fail('mail', 'No mail server is set.', 'Set SMTP_URL.')];
    await verifyMailServer({ timeoutMs: PATIENCE_MS });
    return [ok('mail', 'The mail server lets the portal in, with TLS where it is not on this machine. No mail was sent.')];
  });
}

/** The keys and certificates that sign receipts and agreements. */
export async function checkKeys({ now }: { readonly now: Date }): Promise<readonly Diagnosis[]> {
  const seal = await signingIdentityStatus(now);
  const part = 'keys: seal';
  const remedy = 'Mend SIGNING_PKCS12_FILE and SIGNING_PKCS12_PASSWORD_FILE.';
  const judged = seal.state === 'ok' ? ok(part, seal.sentence) : seal.state === 'ends_soon' ? warn(part, seal.sentence, 'Put the renewed file in the place of the old one: it is read at the next signature.') : fail(part, seal.sentence, remedy);
  const receipts = await look('keys: receipts', 'Name the PEM file of an Ed25519 key in RECEIPT_KEY_FILE.', async () => {
    getReceiptKey();
    return [ok('keys: receipts', 'The key that signs receipts can be read.')];
  });
  return [judged, ...receipts];
}

/** What is set beside the necessary: a timestamp authority, an issuer for staff. */
export async function checkServices({ now }: { readonly now: Date }): Promise<readonly Diagnosis[]> {
  const { OIDC_ISSUER } = getEnv();
  const authority = getTimestampAuthority();
  const stamped = authority && (await askForTimestamp({ authority, signatureValue: randomBytes(64), now, maxBytes: 32_768 }));
  const issuer = OIDC_ISSUER
    ? await look('sign-in: issuer', 'Mend OIDC_ISSUER, or let this machine reach it.', async () => {
        const response = await fetch(`${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`, { signal: AbortSignal.timeout(PATIENCE_MS) });
        const { issuer: says } = (await response.json()) as { issuer?: unknown };
        return [says === OIDC_ISSUER ? ok('sign-in: issuer', 'The issuer for staff answers under its own name.') : fail('sign-in: issuer', 'The issuer calls itself by another name than OIDC_ISSUER.', 'Set OIDC_ISSUER to exactly what its configuration names.')];
      })
    : [];
  const stamp = authority
    ? [stamped ? ok('timestamps', 'The timestamp authority answers with a token that verifies.') : warn('timestamps', 'The timestamp authority gives no token that verifies.', 'Mend TSA_URL; until then signatures carry no timestamp.')]
    : [];
  return [...stamp, ...issuer];
}
