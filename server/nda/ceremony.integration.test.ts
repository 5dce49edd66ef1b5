import { randomUUID } from 'node:crypto';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { daysLater } from '@/domain/nda-agreement';
import { acceptPolicy, makeCustomer, makeNdaTemplate, makeStaff } from '@/prisma/seed/library';
import { verifyAuditChain } from '../audit/verify-audit-chain';
import { assertMaySend } from '../case/send-gate';
import { sha256Hex } from '../crypto/secrets';
import { getDb, inTransaction } from '../db';
import { confirmSigningCode, sendNewCode } from './confirm-signing-code';
import { countersignAgreement, countersignUnderApproval } from './countersign-agreement';
import { declineAgreement, withdrawAgreement } from './end-signing';
import { getAgreement, getAgreementHistory, getAgreementPdf, listAgreements } from './get-agreement';
import { getEvidenceBundle } from './get-evidence-bundle';
import { getSigningDocument, readAgreement } from './read-agreement';
import { redeemSigningLink } from './redeem-signing-link';
import { runNdaClock } from './run-nda-clock';
import { forwardAgreement } from './send-to-signatory';
import { signAgreement } from './sign-agreement';
import { loadSigningSession } from './signing-session';
import { limitAgreements } from './start-signing';
import { giveStandingApproval, revokeStandingApproval } from './standing-approval';
import { confirm, mailedSecret, makeScene, openLink, readAndSign, type Scene, send, signedByLink, signNow, START } from './testing/ceremony';

const address = () => `signatory-${randomUUID()}@example.test`;
const code = (expected: string) => expect.objectContaining({ code: expected });
const stateOf = async (id: string) => (await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
const byAdmin = { name: '田中 太郎', title: 'General Counsel', authority: 'on' } as const;
const types = async (scene: Scene, agreementId: string) => (await getAgreementHistory({ actor: scene.customer.actor, agreementId })).map(({ type }) => type);

/** Every hash of the bundle fits, the events' own in the audit chain among them. */
async function expectWholeBundle(asked: Parameters<typeof getEvidenceBundle>[0], sha256: string): Promise<void> {
  const files = unzipSync((await getEvidenceBundle(asked)).zip);
  const text = (name: string) => Buffer.from(files[name] ?? []).toString('utf8');
  for (const list of ['SHA256SUMS', 'EVENTS.sha256']) {
    const lines = text(list).trim().split('\n').map((line) => line.split('  '));
    expect(lines.map(([, name = '']) => [sha256Hex(Buffer.from(files[name] ?? [])), name])).toEqual(lines);
  }
  expect(sha256Hex(Buffer.from(files['agreement.pdf'] ?? []))).toBe(sha256);
  expect(text('events.jsonl').trim().split('\n')).toHaveLength(10);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['signatures/customer.p7s', 'signatures/vendor.p7s', 'signatures/portal_seal.p7s', 'certificates/customer.pem', 'README.txt']));
}

describe('the whole ceremony', () => {
  it('goes from a link to both signatures, opens the gate, and leaves evidence of each step', async () => {
    const scene = await makeScene({ ndaRequired: true });
    const { customer, opened, admin } = scene;
    await acceptPolicy({ caseId: opened.id, by: customer, now: START });
    const gate = () => inTransaction((tx) => assertMaySend(tx, { caseId: opened.id, organizationId: opened.organizationId, ndaRequired: true, status: 'open' }, START));
    await expect(gate()).rejects.toEqual(code('nda_required'));
    const email = address();
    const agreementId = await send(scene, { email });
    const key = await openLink(email);
    await expect(readAgreement({ key, now: START })).rejects.toEqual(code('address_not_confirmed'));
    await confirm(key, email);
    const copy = await readAgreement({ key, now: START });
    expect(sha256Hex((await getSigningDocument({ key, now: START })).pdf)).toBe(copy.sha256);
    expect((await readAgreement({ key, now: START })).sha256, 'drawn once').toBe(copy.sha256);
    await expect(getAgreementPdf({ actor: customer.actor, agreementId })).rejects.toEqual(code('not_found'));
    expect(await readAndSign(key)).toBe(copy.sha256);
    await expect(gate()).rejects.toEqual(code('nda_required'));
    expect((await listAgreements({ actor: admin.actor, group: 'vendor' })).items.map(({ id }) => id)).toContain(agreementId);
    const { sha256 } = await countersignAgreement({ actor: admin.actor, now: START, agreementId, ...byAdmin });
    await gate();
    const { pdf } = await getAgreementPdf({ actor: customer.actor, agreementId });
    expect(sha256Hex(pdf)).toBe(sha256);
    expect(await getAgreement({ actor: customer.actor, agreementId })).toMatchObject({ state: 'in_force', sha256, readSha256: copy.sha256, signatures: [{ party: 'customer', name: 'Zoë Žižek' }, { party: 'vendor', name: '田中 太郎' }, { party: 'portal_seal' }] });
    expect(await types(scene, agreementId)).toEqual(['nda.started', 'nda.sent', 'nda.link_opened', 'nda.code_sent', 'nda.address_confirmed', 'nda.read', 'nda.consented', 'nda.signed', 'nda.countersigned', 'nda.sealed']);
    expect(await verifyAuditChain()).toMatchObject({ intact: true });
    await expectWholeBundle({ actor: customer.actor, agreementId, now: START }, sha256);
    const finished = await redeemSigningLink({ secret: await mailedSecret(email, 'nda_in_force_copy'), user: null, network: 'unknown', now: START });
    expect(finished).toMatchObject({ agreementId, isFinished: true });
    expect(sha256Hex((await getSigningDocument({ key: { ...finished, user: null }, now: START })).pdf)).toBe(sha256);
  });

  it('lets a signed-in customer sign in person, with a drawn signature, in one browser alone', async () => {
    const scene = await makeScene();
    const key = await signNow(scene, { scope: 'case' });
    await expect(loadSigningSession({ ...key, user: null }, START)).rejects.toEqual(code('signing_session_ended'));
    await expect(loadSigningSession({ ...key, user: (await makeCustomer()).actor }, START)).rejects.toEqual(code('signing_session_ended'));
    await confirm(key, scene.customer.email);
    const { sha256 } = await readAgreement({ key, now: START });
    const drawn = (drawing: string) => signAgreement({ key, now: START, agreementId: key.agreementId, sha256, electronic: 'on', authority: 'on', appearance: 'drawn', drawing });
    for (const empty of ['', '[]', '[[{"x":5,"y":5}]]', '[[]]', '{', '[[{"x":"1","y":1}]]']) await expect(drawn(empty)).rejects.toEqual(code('validation_failed'));
    await drawn(JSON.stringify([[{ x: 10, y: 100 }, { x: 200, y: 40 }, { x: 400, y: 160 }]]));
    expect(await stateOf(key.agreementId)).toBe('signed');
  });

  it('is countersigned by one of twenty at once', async () => {
    const scene = await makeScene();
    const agreementId = await signedByLink(scene, { email: address() });
    const admins = [scene.admin, await makeStaff('admin')];
    const all = await Promise.allSettled(Array.from({ length: 20 }, (_, at) => countersignAgreement({ actor: (admins[at % 2] ?? scene.admin).actor, now: START, agreementId, ...byAdmin })));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refusals = all.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code?: string }).code] : []));
    expect(refusals.every((refusal) => refusal === 'nda_busy' || refusal === 'nda_wrong_state')).toBe(true);
    expect(await getDb().signature.count({ where: { agreementId } })).toBe(3);
    expect((await types(scene, agreementId)).filter((type) => type === 'nda.countersigned')).toHaveLength(1);
  });

  it('is countersigned by nobody without the right, and under a standing approval only while it stands', async () => {
    const scene = await makeScene();
    const agreementId = await signedByLink(scene, { email: address() });
    for (const actor of [scene.customer.actor, (await makeStaff('support')).actor, (await makeStaff('data_admin')).actor]) {
      await expect(countersignAgreement({ actor, now: START, agreementId, ...byAdmin })).rejects.toEqual(code('not_found'));
      await expect(giveStandingApproval({ actor, now: START, name: 'A', title: 'B' })).rejects.toEqual(code('not_found'));
    }
    await giveStandingApproval({ actor: scene.admin.actor, now: START, name: 'Ari Admin', title: 'Counsel' });
    const other = await makeScene();
    const waits = await signedByLink(other, { email: address() });
    const told = () => getDb().notice.count({ where: { userId: other.admin.id, kind: 'nda_to_countersign', data: { path: ['agreementId'], equals: waits } } });
    expect(await told(), 'it is signed at once, so nobody is asked').toBe(0);
    await revokeStandingApproval({ actor: scene.admin.actor, now: START });
    expect(await countersignUnderApproval({ agreementId: waits, now: START })).toBe(false);
    expect(await told(), 'the approval was taken back meanwhile').toBe(1);
    await countersignAgreement({ actor: other.admin.actor, now: START, agreementId: waits, ...byAdmin });
    await giveStandingApproval({ actor: scene.admin.actor, now: START, name: 'Ari Admin', title: 'Counsel' });
    await expect(giveStandingApproval({ actor: scene.admin.actor, now: START, name: 'Ari Admin', title: 'Counsel' })).rejects.toEqual(code('conflict'));
    await getDb().user.update({ where: { id: scene.admin.id }, data: { disabledAt: START } });
    expect(await countersignUnderApproval({ agreementId, now: START })).toBe(false);
    await getDb().user.update({ where: { id: scene.admin.id }, data: { disabledAt: null } });
    expect(await runNdaClock({ now: START })).toMatchObject({ countersigned: expect.any(Number) as number });
    expect(await getAgreement({ actor: scene.customer.actor, agreementId })).toMatchObject({ state: 'in_force', signatures: [{}, { party: 'vendor', name: 'Ari Admin' }, {}] });
    await revokeStandingApproval({ actor: scene.admin.actor, now: START });
    const events = await getDb().auditEvent.findMany({ where: { type: { in: ['nda.approval_given', 'nda.approval_revoked'] } } });
    expect(events).toHaveLength(4);
  });
});

describe('a link', () => {
  it('works once, for its address, until it is forwarded, used or past its time', async () => {
    const scene = await makeScene();
    const [email, next] = [address(), address()];
    const agreementId = await send(scene, { email });
    const secret = await mailedSecret(email, 'nda_signing_link');
    const redeem = (at = START, user = scene.customer.actor as Parameters<typeof redeemSigningLink>[0]['user']) => redeemSigningLink({ secret, user, network: 'unknown', now: at });
    await expect(redeem()).rejects.toEqual(code('signing_link_for_other_account'));
    await expect(redeem(daysLater(START, 15), null)).rejects.toEqual(code('link_invalid'));
    const opened = await Promise.allSettled(Array.from({ length: 5 }, () => redeem(START, null)));
    const won = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    expect(won).toHaveLength(1);
    const key = { agreementId, token: won[0]?.token ?? null, user: null };
    await forwardAgreement({ by: scene.customer.actor, now: START, agreementId, name: 'Ōno', title: 'CEO', email: next });
    await expect(loadSigningSession(key, START)).rejects.toEqual(code('signing_session_ended'));
    await expect(redeem(START, null)).rejects.toEqual(code('link_invalid'));
    const other = await openLink(next);
    await confirm(other, next);
    await forwardAgreement({ by: other, now: START, agreementId, name: 'Zoë', title: 'CFO', email });
    await expect(loadSigningSession(other, START)).rejects.toEqual(code('signing_session_ended'));
    const last = await openLink(email);
    await confirm(last, email);
    await readAndSign(last);
    for (const wrong of ['', 'x'.repeat(43), secret]) await expect(redeemSigningLink({ secret: wrong, user: null, network: 'unknown', now: START })).rejects.toEqual(code('link_invalid'));
  });

  it('is forwarded so often an hour and no more, and stands where one more was asked for', async () => {
    const scene = await makeScene();
    const email = address();
    const agreementId = await send(scene, { email });
    for (let count = 0; count < 39; count += 1) await limitAgreements(scene.customer.organizationId, START);
    const next = address();
    await expect(forwardAgreement({ by: scene.customer.actor, now: START, agreementId, name: 'Ōno', title: 'CEO', email: next })).rejects.toEqual(code('rate_limited'));
    expect(await getDb().notice.count({ where: { address: next } })).toBe(0);
    expect((await openLink(email)).agreementId).toBe(agreementId);
  });

  it('admits to one agreement only, for two hours', async () => {
    const scene = await makeScene();
    const email = address();
    await send(scene, { email });
    const key = await openLink(email);
    await expect(loadSigningSession({ ...key, agreementId: randomUUID() }, START)).rejects.toEqual(code('signing_session_ended'));
    await expect(loadSigningSession({ ...key, token: 'nonsense' }, START)).rejects.toEqual(code('signing_session_ended'));
    await expect(loadSigningSession(key, new Date(START.getTime() + 2 * 3_600_000))).rejects.toEqual(code('signing_session_ended'));
  });
});

describe('the code', () => {
  it('is refused after five attempts or a quarter of an hour, however many come at once, and a new one works', async () => {
    const scene = await makeScene();
    const email = address();
    await send(scene, { email });
    const key = await openLink(email);
    const right = await mailedSecret(email, 'nda_signing_code');
    const wrong = right === '000000' ? '111111' : '000000';
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => confirmSigningCode({ key, code: wrong, now: START })));
    const codes = tries.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'passed')).sort();
    expect(codes).toEqual([...Array<string>(3).fill('signing_code_expired'), ...Array<string>(5).fill('signing_code_wrong')]);
    await expect(confirmSigningCode({ key, code: right, now: START })).rejects.toEqual(code('signing_code_expired'));
    await sendNewCode({ key, now: START });
    const fresh = await mailedSecret(email, 'nda_signing_code');
    await expect(confirmSigningCode({ key, code: fresh, now: new Date(START.getTime() + 15 * 60_000) })).rejects.toEqual(code('signing_code_expired'));
    await confirmSigningCode({ key, code: `${fresh.slice(0, 3)} ${fresh.slice(3)}`, now: START });
    expect((await loadSigningSession(key, START)).isVerified).toBe(true);
  });
});

describe('what is signed', () => {
  it('is what was read: another hash, another template or another signatory asks to read again', async () => {
    const scene = await makeScene();
    const email = address();
    const agreementId = await send(scene, { email });
    const key = await openLink(email);
    await confirm(key, email);
    const { sha256 } = await readAgreement({ key, now: START });
    const sign = (hash: string, now = START) => signAgreement({ key, now, agreementId, sha256: hash, electronic: 'on', authority: 'on', appearance: 'typed' });
    await expect(sign('0'.repeat(64))).rejects.toEqual(code('nda_document_changed'));
    const soon = new Date(START.getTime() + 60_000);
    await makeNdaTemplate({ version: '9.1', publishedAt: soon });
    await expect(sign(sha256, soon)).rejects.toEqual(code('nda_document_changed'));
    const again = await readAgreement({ key, now: soon });
    expect(again.sha256).not.toBe(sha256);
    expect(again.template.version).toBe('9.1');
    await expect(sign(sha256, soon)).rejects.toEqual(code('nda_document_changed'));
    await sign(again.sha256, soon);
    expect(await stateOf(agreementId)).toBe('signed');
    await expect(sign(again.sha256, soon)).rejects.toEqual(code('nda_wrong_state'));
  });

  it('is drawn once, however many pages are opened at once, and every one of them can be signed', async () => {
    const scene = await makeScene();
    const email = address();
    const agreementId = await send(scene, { email });
    const key = await openLink(email);
    await confirm(key, email);
    const copies = await Promise.all(Array.from({ length: 4 }, () => readAgreement({ key, now: START })));
    expect(new Set(copies.map(({ sha256 }) => sha256)).size).toBe(1);
    expect((await types(scene, agreementId)).filter((type) => type === 'nda.read')).toHaveLength(1);
    await signAgreement({ key, now: START, agreementId, sha256: copies[3]?.sha256 ?? '', electronic: 'on', authority: 'on', appearance: 'typed' });
    expect(await stateOf(agreementId)).toBe('signed');
  });

  it('is nothing after a withdrawal, a refusal to sign or an expiry; a withdrawal and a signature at once leave one of the two', async () => {
    const scene = await makeScene();
    const ready = async () => {
      const email = address();
      const agreementId = await send(scene, { email, scope: 'case' });
      const key = await openLink(email);
      await confirm(key, email);
      const { sha256 } = await readAgreement({ key, now: START });
      return { agreementId, key, sign: () => signAgreement({ key, now: START, agreementId, sha256, electronic: 'on', authority: 'on', appearance: 'typed' }) };
    };
    const withdrawn = await ready();
    await withdrawAgreement({ actor: scene.customer.actor, now: START, agreementId: withdrawn.agreementId });
    await expect(withdrawn.sign()).rejects.toEqual(code('signing_session_ended'));
    const declined = await ready();
    await declineAgreement({ key: declined.key, now: START, reason: 'Clause 12.' });
    await expect(declined.sign()).rejects.toEqual(code('signing_session_ended'));
    expect(await getAgreement({ actor: scene.admin.actor, agreementId: declined.agreementId })).toMatchObject({ state: 'declined', reason: 'Clause 12.' });
    const raced = await ready();
    await Promise.allSettled([raced.sign(), withdrawAgreement({ actor: scene.customer.actor, now: START, agreementId: raced.agreementId })]);
    expect(['withdrawn', 'signed']).toContain(await stateOf(raced.agreementId));
    if ((await stateOf(raced.agreementId)) === 'signed') await withdrawAgreement({ actor: scene.admin.actor, now: START, agreementId: raced.agreementId });
    await expect(countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: raced.agreementId, ...byAdmin })).rejects.toEqual(code('nda_wrong_state'));
    const last = await ready();
    await last.sign();
    const ways = await Promise.allSettled([countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: last.agreementId, ...byAdmin }), withdrawAgreement({ actor: scene.customer.actor, now: START, agreementId: last.agreementId })]);
    expect(ways.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stateOf(last.agreementId)).toBe(ways[0]?.status === 'fulfilled' ? 'in_force' : 'withdrawn');
  });

  it('holds names of any script that prints, and asks for a Latin form of the rest before anything is sent', async () => {
    const scene = await makeScene();
    for (const name of ['شركة المثال', 'Acme 🚀', 'x'.repeat(301)]) {
      await expect(send(scene, { email: address(), name })).rejects.toEqual(code('validation_failed'));
    }
    const email = address();
    await send(scene, { email, name: '田中 太郎'.repeat(50).slice(0, 300) });
    const key = await openLink(email);
    await confirm(key, email);
    await readAndSign(key);
    expect(await stateOf(key.agreementId)).toBe('signed');
  });
});
