import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeAgreement, makeCustomer } from '@/prisma/seed/library';
import { sha256Hex } from '../crypto/secrets';
import { getDb } from '../db';
import { countersignAgreement } from './countersign-agreement';
import { getAgreementPdf } from './get-agreement';
import { makeScene, signedByLink, START } from './testing/ceremony';
import { findKnownDocument, limitVerifications, verifyDocument } from './verify-document';

const check = (bytes: Uint8Array) => verifyDocument({ now: START, bytes });
const stored = async (id: string) => (await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: { document: true } })).document ?? new Uint8Array();

describe('an agreement that was signed here', () => {
  it('is known and VALID as it was stored, and not with a byte added or changed', async () => {
    const scene = await makeScene();
    const agreementId = await signedByLink(scene, { email: `verify-${scene.customer.id}@example.test` });
    const half = await stored(agreementId);
    const ofCustomer = { state: 'signed', signedByBothSides: false, signedAt: START.toISOString(), inForceFrom: null, endedAt: null };
    expect(await findKnownDocument({ sha256: sha256Hex(half) })).toEqual(ofCustomer);
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId, name: '田中 太郎', title: 'General Counsel', authority: 'on' });
    const { pdf } = await getAgreementPdf({ actor: scene.customer.actor, agreementId });
    const known = { state: 'in_force', signedByBothSides: true, signedAt: START.toISOString(), inForceFrom: START.toISOString(), endedAt: null };
    const answer = await check(pdf);
    expect(answer).toMatchObject({ verdict: 'VALID', sha256: sha256Hex(pdf), known });
    expect(answer.signatures.map(({ field, signerName, intact, coversWholeDocument, trustedBy }) => [field, signerName, intact, coversWholeDocument, trustedBy])).toEqual([
      ['customer', 'Zoë Žižek', true, false, 'portal'],
      ['vendor', '田中 太郎', true, false, 'portal'],
      ['seal', 'Airlock portal seal (test)', true, true, 'portal'],
    ]);
    expect(await check(Buffer.concat([pdf, Buffer.from('\n')]))).toMatchObject({ verdict: 'CHANGED_AFTER_SIGNING', known: null });
    const flipped = Buffer.from(pdf);
    flipped[1000] = (flipped[1000] ?? 0) ^ 1;
    expect(await check(flipped)).toMatchObject({ verdict: 'BROKEN', known: null });
    expect(await check(half), 'what was replaced by the countersigned one').toMatchObject({ verdict: 'INTACT_UNKNOWN_SIGNER', known: null });
    await getDb().ndaAgreement.update({ where: { id: agreementId }, data: { state: 'ended', stateAt: START } });
    expect(await findKnownDocument({ sha256: sha256Hex(pdf) })).toEqual({ ...known, state: 'ended', endedAt: START.toISOString() });
  });
});

describe('what was not signed here', () => {
  it('is not known: a draft, a withdrawn agreement, a paper copy, anything else', async () => {
    for (const state of ['draft', 'sent', 'withdrawn', 'paper_pending', 'paper_on_file'] as const) {
      const [by, document] = [await makeCustomer(), randomBytes(64)];
      const { id } = await makeAgreement({ organizationId: by.organizationId, by, state, document });
      expect(await findKnownDocument({ sha256: sha256Hex(document) }), state).toBeNull();
      if (state === 'paper_on_file') await getDb().ndaAgreement.update({ where: { id }, data: { state: 'ended', documentSha256: sha256Hex(document) } });
      expect(await findKnownDocument({ sha256: sha256Hex(document) }), `${state}, later`).toBeNull();
    }
    expect(await check(Buffer.from('no PDF'))).toMatchObject({ verdict: 'UNSIGNED', known: null, signatures: [] });
    expect(await check(new Uint8Array())).toMatchObject({ verdict: 'UNSIGNED' });
  });

  it('is asked about so often from one network and no more', async () => {
    const ask = (network: string) => limitVerifications({ kind: 'file', network, now: START });
    const network = randomUUID();
    for (let count = 0; count < 60; count += 1) await ask(network);
    await expect(ask(network)).rejects.toMatchObject({ code: 'rate_limited' });
    await ask(randomUUID());
  });
});
