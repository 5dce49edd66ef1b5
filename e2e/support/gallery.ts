import { gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { makeAgreement, makeCase, makeCustomer, makeFile, makeFileRequest, makePolicyVersion, makeReadyCase, makeSigningSession, makeStaff, makeUser, type SeedUser } from '@/prisma/seed/library';
import { randomToken, sha256Hex } from '@/server/crypto/secrets';
import { getDb, inTransaction } from '@/server/db';
import { makeFileRequest as askForFile } from '@/server/file-request/make-file-request';
import { writeManualOutput } from '@/server/manual-output/write-manual-output';
import { queueNotice } from '@/server/notice/queue-notice';
import { proposeExtension } from '@/server/retention/propose-extension';
import { DAY_MS } from '../../domain/durations';
import { makeErasedOrder, makeOpenOrder } from './erased-order';
import { makeDraftBy } from './nda-draft';
import { sampleContent, sendFile } from '../../tests/fixtures/send-file';
import { fillAccess } from './access-gallery';

const LONG = `${'a-very-long-name-of-a-heap-dump-from-a-server-whose-name-is-long-'.repeat(3)}.hprof`;
const RIGHT_TO_LEFT = 'תמונת-זיכרון-من-الخادم.hprof';

/** Everything that a page can show, made once: people, and cases in every stage. */
export type Gallery = {
  readonly people: Readonly<Record<'newcomer' | 'invited' | 'customer' | 'beginner' | 'support' | 'admin' | 'dataAdmin' | 'subcontractor', SeedUser>>;
  /** Approved for the subcontractor, of the busy case. */
  readonly sharingId: string;
  readonly cases: Readonly<Record<'opened' | 'undecided' | 'outdated' | 'ndaRequired' | 'busy' | 'empty' | 'closed', string>>;
  readonly agreements: Readonly<Record<'sent' | 'signed' | 'in_force' | 'paper_pending' | 'declined', string>>;
  /** Drafts of the NDA template: one that can be published, and one with problems. */
  readonly drafts: Readonly<Record<'fine' | 'wrong', string>>;
  /** Signing cookies: before the code, after it, and of one that is signed; each with its agreement. */
  readonly signing: Readonly<Record<'code' | 'read' | 'done', { readonly agreementId: string; readonly token: string }>>;
  /** Orders in the busy case: not done, certified while a URL could still write, and final. */
  readonly orders: Readonly<Record<'ordered' | 'watched' | 'final', { readonly orderId: string; readonly fileId: string }>>;
  /** Results of manual analysis: one to read, one whose day is over. */
  readonly outputs: Readonly<Record<'held' | 'gone', string>>;
  readonly files: Readonly<Record<'reserved' | 'uploading' | 'stored' | 'verified' | 'quarantined' | 'lost' | 'expired', string>>;
};

async function acceptedBefore(caseId: string, by: SeedUser): Promise<void> {
  const earlier = await makePolicyVersion({ version: '0.9', publishedAt: new Date('2025-01-01T00:00:00Z'), body: '## What this is\n\nAn earlier version of the policy.\n' });
  await getDb().policyAcceptance.create({ data: { caseId, policyVersionId: earlier.id, sha256: earlier.sha256, acceptedById: by.id, acceptedAt: new Date(Date.now() - 300 * DAY_MS) } });
}

/** Files that are really sent and checked by the worker, so that receipt and history are those of a real one. */
async function sendReally(customer: SeedUser, reference: string): Promise<{ verified: string; quarantined: string }> {
  const sender = { actor: customer.actor, reference };
  const verified = await sendFile(sampleContent(9 * 1024 * 1024), { ...sender, name: 'java_pid4711.hprof' });
  const quarantined = await sendFile(Buffer.concat([gzipSync('half of a log\n'.repeat(1000)).subarray(0, 40)]), { ...sender, name: 'cut-short.log.gz', encoding: 'gzip' });
  const states = async () => (await getDb().diagnosticFile.findMany({ where: { id: { in: [verified, quarantined] } }, select: { state: true } })).map(({ state }) => state).sort();
  await expect.poll(states, { timeout: 60_000 }).toEqual(['quarantined', 'verified']);
  return { verified, quarantined };
}

/** A file that support keeps longer, with a notice, and wrote about, twice. */
async function keepLonger({ actor }: SeedUser, fileId: string): Promise<Gallery['outputs']> {
  const now = new Date();
  await proposeExtension({ actor, now, fileId, days: 7, reason: 'The vendor of the driver answers next week, and we have to look at its buffers once more with what they say.' });
  const write = (at: Date, title: string, body: string) => writeManualOutput({ actor, now: at, fileId, title, body });
  const held = await write(now, 'One cache holds most of the heap', 'java.util.concurrent.ConcurrentHashMap @ 0x7f3a\n  retained 6,442,450,944 bytes (83 %)\n\nIt is filled by the nightly import and never emptied.\n'.repeat(3));
  const gone = await write(new Date(now.getTime() - 3 * DAY_MS), 'A first look', 'Nothing yet.');
  return { held: held.outputId, gone: gone.outputId };
}

async function fillBusyCase(customer: SeedUser, support: SeedUser): Promise<{ reference: string } & Pick<Gallery, 'files' | 'orders' | 'outputs'>> {
  const { case: busy } = await makeReadyCase({ openedBy: customer, title: 'OutOfMemoryError about every second night', severity: 'critical' });
  const file = (state: Parameters<typeof makeFile>[0]['state'], more: Partial<Parameters<typeof makeFile>[0]> = {}) => makeFile({ caseId: busy.id, by: customer, state, sizeBytes: 734_003_200, ...more });
  const now = new Date();
  await askForFile({ actor: support.actor, now, reference: busy.reference, kind: 'heap_dump', purpose: 'To see which objects fill the heap before the OutOfMemoryError, and what holds them.' });
  await askForFile({ actor: support.actor, now, reference: busy.reference, kind: 'os_log', purpose: 'To see whether the kernel ended the process.' });
  await makeFileRequest({ caseId: busy.id, by: support, kind: 'database_backup' });
  const reserved = await file('reserved', { name: 'catalina.out' });
  const uploading = await file('uploading', { name: LONG });
  const stored = await file('stored', { name: RIGHT_TO_LEFT });
  const lost = await file('verified', { name: 'threads.hprof' });
  await getDb().diagnosticFile.update({ where: { id: lost.id }, data: { lostAt: now } });
  await file('analysed', { name: 'heap 🔥 of the night.hprof' });
  await file('abandoned', { name: 'gc.log', kind: 'component_log' });
  const expired = await file('expired', { kind: 'os_log' });
  await file('erased', { kind: 'database_backup' });
  const real = await sendReally(customer, busy.reference);
  const outputs = await keepLonger(support, real.verified);
  const about = { caseId: busy.id, reference: busy.reference, by: customer };
  const orders = { ordered: await makeOpenOrder(about), watched: await makeErasedOrder({ ...about, isFinal: false }), final: await makeErasedOrder(about) };
  return { reference: busy.reference, orders, outputs, files: { reserved: reserved.id, uploading: uploading.id, stored: stored.id, lost: lost.id, expired: expired.id, ...real } };
}

async function inviteTo(organizationId: string, email: string, by: SeedUser): Promise<void> {
  await getDb().invitation.create({ data: { organizationId, email, tokenHash: sha256Hex(randomToken()), invitedById: by.id, expiresAt: new Date(Date.now() + 5 * DAY_MS) } });
}

const LONG_NAME = 'Gesellschaft für die Überprüfung außergewöhnlich langer Namen von Unternehmen mbH & Co. Kommanditgesellschaft auf Aktien';

/** Agreements in the states that look different; two of them are the customer's own. */
async function makeAgreements(customer: SeedUser, caseId: string): Promise<Pick<Gallery, 'agreements' | 'signing'>> {
  const document = Buffer.from('%PDF-1.7');
  const signatory = { name: '田中 太郎', title: 'Managing Director', email: 'a-rather-long-name-of-a-person.who-signs@a-rather-long-domain.example.test' };
  const organizationId = customer.organizationId ?? '';
  const foreign = async (state: Parameters<typeof makeAgreement>[0]['state']) => {
    const by = await makeCustomer();
    return makeAgreement({ organizationId: by.organizationId, by, state, partyName: LONG_NAME, signatory, document });
  };
  const sent = await makeAgreement({ organizationId, by: customer, state: 'sent', caseId, signatory });
  const declined = await makeAgreement({ organizationId, by: customer, state: 'declined', caseId, partyName: LONG_NAME, signatory, reason: 'Clause 12 names courts that we cannot accept.' });
  const [code, read, done] = [await foreign('sent'), await foreign('sent'), await foreign('in_force')];
  const session = async ({ id, signatoryId }: { id: string; signatoryId: string }, isVerified: boolean) => ({ agreementId: id, token: await makeSigningSession({ signatoryId, isVerified }) });
  return {
    agreements: { sent: sent.id, signed: (await foreign('signed')).id, in_force: (await foreign('in_force')).id, paper_pending: (await foreign('paper_pending')).id, declined: declined.id },
    signing: { code: await session(code, false), read: await session(read, true), done: await session(done, true) },
  };
}

/** A bucket that differs from the ledger: hostile, long and erased keys. */
async function makeStrangers(): Promise<void> {
  const now = Date.now();
  const seen = { firstSeenAt: new Date(now - DAY_MS), lastSeenAt: new Date(now + DAY_MS), dueAt: new Date(now + 6 * DAY_MS), sizeBytes: 734_003_200, versionCount: 1 };
  const keys = [`backups/${'a-very-long-folder-'.repeat(20)}.dump`, 'dump\u202Egpj.exe', '<script>alert(1)</script>'];
  await getDb().unannouncedObject.createMany({ data: [...keys.map((objectKey) => ({ ...seen, objectKey })), { ...seen, objectKey: null, caseReference: 'AL-7K3M-Q2ZD', erasedAt: new Date(now) }], skipDuplicates: true });
}

/** Makes a gallery of its own. The worker has to run: two of its files are really sent and checked. */
export async function makeGallery(): Promise<Gallery> {
  const customer = await makeCustomer({ name: 'Cleo Customer' });
  const support = await makeStaff('support');
  const invited = await makeUser({ name: 'Ivo Invited' });
  await makeCustomer({ organizationId: customer.organizationId, name: 'Coco Colleague' });
  await inviteTo(customer.organizationId, invited.email, customer);
  const opened = await makeCase({ openedBy: customer, title: 'Login page answers slowly at eight in the morning', severity: 'normal' });
  const undecided = (await makeReadyCase({ openedBy: customer, ndaChoice: 'undecided', title: 'Nightly export ends with a constraint violation' })).case;
  const outdated = await makeCase({ openedBy: customer, ndaChoice: 'sign_later', title: 'Search finds nothing after the update' });
  await acceptedBefore(outdated.id, customer);
  const ndaRequired = (await makeReadyCase({ openedBy: customer, ndaChoice: 'undecided', ndaRequired: true, title: `Import of ${'orders_and_their_lines_'.repeat(4)}` })).case;
  const empty = (await makeReadyCase({ openedBy: customer, title: 'Warning about the certificate after the upgrade', severity: 'low' })).case;
  const closed = (await makeReadyCase({ openedBy: customer, status: 'closed', title: 'أوقف الخادم نفسه' })).case;
  await makeAgreement({ organizationId: customer.organizationId, by: customer, state: 'in_force', caseId: empty.id, document: Buffer.from('%PDF-1.7') });
  const admin = await makeUser({ role: 'admin', name: 'Ari Admin' });
  const busy = await fillBusyCase(customer, support);
  const { sharingId, dataAdmin, subcontractor } = await fillAccess({ customer, support, reference: busy.reference });
  await makeStrangers();
  const failed = { kind: 'file_requested', userId: customer.id, data: { reference: busy.reference, kindLabel: 'Heap dump', purpose: 'To see it.' } };
  await getDb().notice.createMany({
    data: [
      { ...failed, state: 'dead', attempts: 8, lastError: 'smtp_550' },
      { kind: 'sign_in_link', address: customer.email, data: { next: '/' }, state: 'dead', attempts: 8, lastError: 'EDEADLINE' },
      { ...failed, state: 'queued', attempts: 2, lastError: 'ECONNECTION', nextAttemptAt: new Date(Date.now() + DAY_MS) },
    ],
  });
  await inTransaction((tx) => queueNotice(tx, { kind: 'case_opened', userId: customer.id, caseId: opened.id, data: { reference: opened.reference } }));
  return {
    people: { newcomer: await makeUser({ name: 'Nova Newcomer' }), invited, customer, beginner: await makeCustomer({ name: 'Bea Beginner' }), dataAdmin, subcontractor, support, admin },
    drafts: { fine: await makeDraftBy(admin, (body) => body.replace('Policy', 'Diagnostic Data Policy')), wrong: await makeDraftBy(admin, (body) => body.replace('{{term}}', '<b>{{terms}}</b>')) },
    sharingId,
    cases: { opened: opened.reference, undecided: undecided.reference, outdated: outdated.reference, ndaRequired: ndaRequired.reference, busy: busy.reference, empty: empty.reference, closed: closed.reference },
    files: busy.files,
    outputs: busy.outputs,
    orders: busy.orders,
    ...(await makeAgreements(customer, opened.id)),
  };
}
