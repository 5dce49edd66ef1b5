import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { daysLater } from '@/domain/nda-agreement';
import { makeCase, makeCustomer, makeStaff } from '@/prisma/seed/library';
import { getCase } from '../case/get-case';
import { closeCase } from '../case/close-case';
import { sha256Hex } from '../crypto/secrets';
import { getDb } from '../db';
import { eraseOrder } from '../erasure/erase-order';
import { orderErasure } from '../erasure/order-erasure';
import { chooseNda } from './choose-nda';
import { countersignAgreement } from './countersign-agreement';
import { declineAgreement, endAgreement, withdrawAgreement } from './end-signing';
import { getAgreement, getAgreementPdf } from './get-agreement';
import { getEvidenceBundle } from './get-evidence-bundle';
import { acceptPaperCopy, getPaperCopy, refusePaperCopy, submitPaperCopy } from './paper-copy';
import { getSigningDocument } from './read-agreement';
import { redeemSigningLink } from './redeem-signing-link';
import { runNdaClock } from './run-nda-clock';
import { loadSigningSession } from './signing-session';
import { findKnownDocument } from './verify-document';
import { confirm, mailedSecret, makeScene, openLink, type Scene, send, signedByLink, signNow, START } from './testing/ceremony';

const address = () => `signatory-${randomUUID()}@example.test`;
const code = (expected: string) => expect.objectContaining({ code: expected });
const stateOf = async (id: string) => (await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: { state: true } })).state;
const byAdmin = { name: 'Ari Admin', title: 'General Counsel', authority: 'on' } as const;

describe('the clock', () => {
  it('reminds after 3 and 7 days with a new link, expires after 14, and stops on any outcome', async () => {
    const scene = await makeScene();
    const [email, other] = [address(), address()];
    const agreementId = await send(scene, { email });
    const links = () => getDb().notice.count({ where: { address: email, kind: 'nda_signing_link' } });
    await runNdaClock({ now: daysLater(START, 2) });
    expect(await links()).toBe(1);
    const first = await mailedSecret(email, 'nda_signing_link');
    await Promise.all([1, 2, 3].map(() => runNdaClock({ now: daysLater(START, 3) })));
    expect(await links()).toBe(2);
    await expect(redeemSigningLink({ secret: first, user: null, network: 'unknown', now: daysLater(START, 3) })).rejects.toEqual(code('link_invalid'));
    await runNdaClock({ now: daysLater(START, 7) });
    await runNdaClock({ now: daysLater(START, 8) });
    expect(await links()).toBe(3);
    const key = await openLink(email, { now: daysLater(START, 8) });
    await runNdaClock({ now: daysLater(START, 14) });
    expect(await stateOf(agreementId)).toBe('expired');
    await expect(loadSigningSession(key, daysLater(START, 8))).rejects.toEqual(code('signing_session_ended'));
    const withdrawn = await send(scene, { email: other });
    await withdrawAgreement({ actor: scene.customer.actor, now: START, agreementId: withdrawn });
    const [declining, signing] = [address(), address()];
    const declined = await send(await makeScene(), { email: declining });
    const refusing = await openLink(declining);
    await confirm(refusing, declining);
    await declineAgreement({ key: refusing, now: START, reason: 'Clause 12.' });
    const signed = await signedByLink(await makeScene(), { email: signing });
    await runNdaClock({ now: daysLater(START, 7) });
    await runNdaClock({ now: daysLater(START, 14) });
    for (const over of [other, declining, signing]) expect(await getDb().notice.count({ where: { address: over, kind: 'nda_signing_link' } })).toBe(1);
    expect([await stateOf(withdrawn), await stateOf(declined), await stateOf(signed)]).toEqual(['withdrawn', 'declined', 'signed']);
  });

  it('ends an agreement with its term, and one for a case 30 days after the case was closed', async () => {
    const scene = await makeScene();
    const whole = await signedByLink(scene, { email: address() });
    const single = await signedByLink(scene, { email: address(), scope: 'case' });
    for (const agreementId of [whole, single]) await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId, ...byAdmin });
    await closeCase({ actor: (await makeStaff('support')).actor, now: START, reference: scene.opened.reference });
    await runNdaClock({ now: daysLater(START, 29) });
    expect(await stateOf(single)).toBe('in_force');
    await runNdaClock({ now: daysLater(START, 30) });
    expect([await stateOf(single), await stateOf(whole)]).toEqual(['ended', 'in_force']);
    await runNdaClock({ now: daysLater(START, 732) });
    expect(await stateOf(whole)).toBe('ended');
  });
});

describe('the scope', () => {
  it('of an organization covers its later cases until it ends, and nobody else\'s', async () => {
    const scene = await makeScene();
    const { customer, admin } = scene;
    const agreementId = await signedByLink(scene, { email: address() });
    await countersignAgreement({ actor: admin.actor, now: START, agreementId, ...byAdmin });
    const later = await makeCase({ openedBy: customer, ndaRequired: true, now: START });
    expect(await getCase({ actor: customer.actor, reference: later.reference, now: START })).toMatchObject({ ndaCovered: true, ndaAgreement: { id: agreementId, scope: 'organization' } });
    const stranger = await makeCustomer();
    const foreign = await makeCase({ openedBy: stranger, ndaRequired: true, now: START });
    expect(await getCase({ actor: stranger.actor, reference: foreign.reference, now: START })).toMatchObject({ ndaCovered: false, ndaAgreement: null });
    await expect(getAgreement({ actor: stranger.actor, agreementId })).rejects.toEqual(code('not_found'));
    await expect(withdrawAgreement({ actor: stranger.actor, now: START, agreementId })).rejects.toEqual(code('not_found'));
    await endAgreement({ actor: admin.actor, now: START, agreementId, reason: 'Notice of the customer.' });
    expect(await getCase({ actor: customer.actor, reference: later.reference, now: START })).toMatchObject({ ndaCovered: false });
  });

  it('allows one agreement under way, and a new one takes the place of the one before', async () => {
    const scene = await makeScene();
    const first = await signedByLink(scene, { email: address() });
    await expect(send(scene, { email: address() })).rejects.toEqual(code('nda_under_way'));
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: first, ...byAdmin });
    const draft = await signNow(scene, { replaces: first });
    const second = await signedByLink(scene, { email: address(), replaces: first });
    expect(await stateOf(draft.agreementId)).toBe('withdrawn');
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: second, ...byAdmin });
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ended', 'in_force']);
  });

  it('that grows from a case to the organization ends the agreement of the case, whose signatory still gets their copy', async () => {
    const scene = await makeScene();
    const email = address();
    const first = await signedByLink(scene, { email, scope: 'case' });
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: first, ...byAdmin });
    const elsewhere = await makeCase({ openedBy: scene.customer, now: START });
    const ofOther = await signedByLink({ ...scene, opened: elsewhere }, { email: address(), scope: 'case' });
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: ofOther, ...byAdmin });
    const whole = await signedByLink(scene, { email: address(), replaces: first });
    expect(await stateOf(first)).toBe('in_force');
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: whole, ...byAdmin });
    expect([await stateOf(first), await stateOf(whole), await stateOf(ofOther)]).toEqual(['ended', 'in_force', 'in_force']);
    const opened = await redeemSigningLink({ secret: await mailedSecret(email, 'nda_in_force_copy'), user: null, network: 'unknown', now: START });
    expect(opened).toMatchObject({ agreementId: first, isFinished: true });
    const { pdf } = await getSigningDocument({ key: { ...opened, user: null }, now: START });
    expect(await findKnownDocument({ sha256: sha256Hex(pdf) })).toMatchObject({ state: 'ended', signedByBothSides: true });
  });

  it('that is in force is enough: another one is begun in its place, knowingly and as wide, or where the text asks for it', async () => {
    const scene = await makeScene();
    const first = await signedByLink(scene, { email: address() });
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId: first, ...byAdmin });
    const paper = { actor: scene.customer.actor, now: START, reference: scene.opened.reference, scope: 'organization', partyName: 'Example', partyAddress: 'Cork', bytes: Buffer.from('%PDF-1.7') } as const;
    for (const begin of [() => signNow(scene), () => send(scene, { email: address() }), () => submitPaperCopy(paper), () => signNow(scene, { replaces: randomUUID() })]) await expect(begin()).rejects.toEqual(code('nda_in_force'));
    await expect(signNow(scene, { scope: 'case', replaces: first })).rejects.toMatchObject({ code: 'validation_failed', fields: [expect.objectContaining({ path: 'scope' })] });
    const { agreementId } = await signNow(scene, { replaces: first });
    expect([await stateOf(first), await stateOf(agreementId)]).toEqual(['in_force', 'draft']);
    // Once it is over there is nothing to take the place of.
    await endAgreement({ actor: scene.admin.actor, now: START, agreementId: first, reason: 'Notice.' });
    await signNow(scene);
    const other = await makeScene();
    const earlier = await signedByLink(other, { email: address(), scope: 'case' });
    await countersignAgreement({ actor: other.admin.actor, now: START, agreementId: earlier, ...byAdmin });
    await expect(signNow(other, { now: daysLater(START, 1) })).rejects.toEqual(code('nda_in_force'));
    await getDb().ndaTemplate.create({ data: { version: '7.0', title: 'Marked', summary: 'New.', sha256: 'a'.repeat(64), bodyMarkdown: 'x', requiresNewSignature: true, publishedAt: daysLater(START, 200) } });
    await signNow(other, { now: daysLater(START, 201) });
  });

  it('leaves "not now" reversible while an agreement is under way', async () => {
    const scene = await makeScene();
    await send(scene, { email: address() });
    await chooseNda({ actor: scene.customer.actor, now: START, reference: scene.opened.reference, choice: 'sign_later' });
    expect((await getCase({ actor: scene.customer.actor, reference: scene.opened.reference, now: START })).tasks.find(({ id }) => id === 'nda')).toMatchObject({ state: 'waiting' });
  });
});

describe('the erasure of a case', () => {
  it('leaves the agreement and its evidence as they are: they are no diagnostic data', async () => {
    const scene = await makeScene();
    const { customer, opened, admin } = scene;
    const agreementId = await signedByLink(scene, { email: address(), scope: 'case' });
    await countersignAgreement({ actor: admin.actor, now: START, agreementId, ...byAdmin });
    const evidence = async () => ({ pdf: sha256Hex((await getAgreementPdf({ actor: customer.actor, agreementId })).pdf), bundle: sha256Hex((await getEvidenceBundle({ actor: customer.actor, agreementId, now: START })).zip) });
    const before = await evidence();
    const { orderId } = await orderErasure({ actor: customer.actor, now: START, reference: opened.reference, confirmation: opened.reference });
    await eraseOrder({ orderId });
    expect(await getDb().erasureOrder.findUniqueOrThrow({ where: { id: orderId }, select: { state: true } })).toEqual({ state: 'done' });
    expect(await evidence()).toEqual(before);
    expect(await getAgreement({ actor: customer.actor, agreementId })).toMatchObject({ state: 'in_force', partyName: 'Example Customer Ltd' });
    expect(await findKnownDocument({ sha256: before.pdf })).toMatchObject({ state: 'in_force', signedByBothSides: true });
  });
});

describe('a paper copy', () => {
  const pdf = Buffer.from('%PDF-1.7\nscan');
  const submit = (scene: Scene, bytes: Uint8Array) => submitPaperCopy({ actor: scene.customer.actor, now: START, reference: scene.opened.reference, scope: 'case', partyName: 'Example', partyAddress: 'Cork', bytes });

  it('is looked at by staff before it counts, and can be refused with a reason', async () => {
    const scene = await makeScene();
    const support = await makeStaff('support');
    const { agreementId: refused } = await submit(scene, pdf);
    await expect(acceptPaperCopy({ actor: scene.customer.actor, now: START, agreementId: refused })).rejects.toEqual(code('not_found'));
    await refusePaperCopy({ actor: support.actor, now: START, agreementId: refused, reason: 'Page 3 is missing.' });
    const { agreementId } = await submit(scene, pdf);
    await acceptPaperCopy({ actor: support.actor, now: START, agreementId });
    expect(await getAgreement({ actor: scene.customer.actor, agreementId })).toMatchObject({ state: 'paper_on_file', sha256: null, signatures: [], paper: { type: 'application/pdf', sha256: sha256Hex(pdf) } });
    expect(Buffer.from((await getPaperCopy({ actor: support.actor, agreementId })).bytes).equals(pdf)).toBe(true);
    expect(await getCase({ actor: scene.customer.actor, reference: scene.opened.reference, now: START })).toMatchObject({ ndaAgreement: { onPaper: true } });
  });

  it('is kept as it was handed in and never opened, whatever it unpacks to, and a withdrawal ends its review', async () => {
    const scene = await makeScene();
    const bomb = Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\n'), deflateSync(Buffer.alloc(64 * 1024 * 1024))]);
    const { agreementId } = await submit(scene, bomb);
    expect(sha256Hex((await getPaperCopy({ actor: scene.customer.actor, agreementId })).bytes)).toBe(sha256Hex(bomb));
    await expect(getPaperCopy({ actor: (await makeCustomer()).actor, agreementId })).rejects.toEqual(code('not_found'));
    expect(await findKnownDocument({ sha256: sha256Hex(bomb) })).toBeNull();
    await withdrawAgreement({ actor: scene.customer.actor, now: START, agreementId });
    await expect(acceptPaperCopy({ actor: (await makeStaff('support')).actor, now: START, agreementId })).rejects.toEqual(code('nda_wrong_state'));
  });

  it('of another kind or above 20 MB is refused', async () => {
    const scene = await makeScene();
    await expect(submit(scene, Buffer.from('MZ a program'))).rejects.toEqual(code('paper_copy_refused'));
    await expect(submit(scene, Buffer.alloc(20 * 1024 * 1024 + 1))).rejects.toEqual(code('paper_copy_too_large'));
    expect(await getDb().ndaAgreement.count({ where: { organizationId: scene.customer.organizationId } })).toBe(0);
  });
});
