import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { makeAgreement, makeCustomer } from '@/prisma/seed/library';
import { sha256Hex } from '../crypto/secrets';
import { getDb } from '../db';
import { commonName } from '../esign/signing-identity';
import { countersignAgreement } from './countersign-agreement';
import { hasProgram, openssl } from '@/tests/fixtures/openssl';
import { getAgreementPdf } from './get-agreement';
import { getEvidenceBundle } from './get-evidence-bundle';
import { makeScene, signedByLink, START } from './testing/ceremony';
import { findKnownDocument, limitVerifications, verifyDocument } from './verify-document';

/** The PKCS #12 file of the portal; the test identity of a demo where there is none. */
const identity = vi.hoisted((): { SIGNING_PKCS12_FILE?: string; SIGNING_PKCS12_PASSWORD_FILE?: string } => ({}));
vi.mock('../env', async (importOriginal) => {
  const real = await importOriginal<{ getEnv: () => object }>();
  return { ...real, getEnv: () => ({ ...real.getEnv(), ...identity }) };
});
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-renewed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Puts a certificate of this name, with a key of its own, in the place of the portal's. */
function renewIdentity(name: string): void {
  openssl(['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'seal.key', '-out', 'seal.pem', '-days', '400', '-subj', `/CN=${name}`], folder);
  writeFileSync(path.join(folder, 'password'), 'a password\n');
  openssl(['pkcs12', '-export', '-inkey', 'seal.key', '-in', 'seal.pem', '-passout', 'file:password', '-out', 'seal.p12'], folder);
  Object.assign(identity, { SIGNING_PKCS12_FILE: path.join(folder, 'seal.p12'), SIGNING_PKCS12_PASSWORD_FILE: path.join(folder, 'password') });
}

const check = (bytes: Uint8Array) => verifyDocument({ now: START, bytes });
const stored = async (id: string) => (await getDb().ndaAgreement.findUniqueOrThrow({ where: { id }, select: { document: true } })).document ?? new Uint8Array();

describe('an agreement that was signed here', () => {
  it('is known and VALID as it was stored, and not with a byte added or changed', async () => {
    const scene = await makeScene();
    const agreementId = await signedByLink(scene, { email: `verify-${scene.customer.id}@example.test` });
    const half = await stored(agreementId);
    const ofCustomer = { state: 'signed', signedByBothSides: false, isEarlierVersion: false, signedAt: START.toISOString(), inForceFrom: null, endedAt: null };
    expect(await findKnownDocument({ sha256: sha256Hex(half) })).toEqual(ofCustomer);
    await countersignAgreement({ actor: scene.admin.actor, now: START, agreementId, name: '田中 太郎', title: 'General Counsel', authority: 'on' });
    const { pdf } = await getAgreementPdf({ actor: scene.customer.actor, agreementId });
    const known = { state: 'in_force', signedByBothSides: true, isEarlierVersion: false, signedAt: START.toISOString(), inForceFrom: START.toISOString(), endedAt: null };
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
    const earlier = await check(half);
    expect(earlier, 'what the countersigned one took the place of').toMatchObject({ verdict: 'VALID', known: { ...known, signedByBothSides: false, isEarlierVersion: true } });
    expect(earlier.sentence).toContain('before the vendor did');
    expect(earlier.signatures).toEqual([expect.objectContaining({ field: 'customer', intact: true, trustedBy: 'portal' })]);
    expect(await check(Buffer.concat([half, Buffer.from('\n')]))).toMatchObject({ verdict: 'CHANGED_AFTER_SIGNING', known: null });
    await getDb().ndaAgreement.update({ where: { id: agreementId }, data: { state: 'ended', stateAt: START } });
    expect(await findKnownDocument({ sha256: sha256Hex(pdf) })).toEqual({ ...known, state: 'ended', endedAt: START.toISOString() });
  });
});

describe.skipIf(!hasProgram('openssl', 'version'))('an agreement from before the portal\'s identity was renewed', () => {
  afterAll(() => {
    for (const name of Object.keys(identity)) delete identity[name as keyof typeof identity];
  });

  it('is VALID still, the portal vouches for each signature, and its evidence is checked without the portal', async () => {
    // openssl makes certificates that begin now.
    const now = new Date(Date.now() + 1000);
    renewIdentity('Seal of the first year');
    const scene = await makeScene();
    const agreementId = await signedByLink(scene, { email: `renewed-${scene.customer.id}@example.test`, now });
    await countersignAgreement({ actor: scene.admin.actor, now, agreementId, name: 'Łukasz Đặng', title: 'General Counsel', authority: 'on' });
    const { pdf } = await getAgreementPdf({ actor: scene.customer.actor, agreementId });
    renewIdentity('Seal of the second year');
    const answer = await verifyDocument({ now, bytes: pdf });
    expect(answer.verdict).toBe('VALID');
    expect(answer.signatures.map(({ signerName, intact, trustedBy }) => [signerName, intact, trustedBy])).toEqual([['Zoë Žižek', true, 'portal'], ['Łukasz Đặng', true, 'portal'], ['Seal of the first year', true, 'portal']]);

    const { zip } = await getEvidenceBundle({ actor: scene.customer.actor, agreementId, now });
    const bundle = path.join(folder, 'bundle');
    for (const [name, bytes] of Object.entries(unzipSync(zip))) {
      mkdirSync(path.dirname(path.join(bundle, name)), { recursive: true });
      writeFileSync(path.join(bundle, name), bytes);
    }
    for (const [party, name] of [['customer', 'Zoë Žižek'], ['vendor', 'Łukasz Đặng'], ['portal_seal', 'Seal of the first year']] as const) {
      const certificate = new X509Certificate(unzipSync(zip)[`certificates/${party}.pem`] ?? '');
      expect(commonName(new Uint8Array(certificate.raw)), party).toBe(name);
      expect(Buffer.from(unzipSync(zip)[`signatures/${party}.p7s`] ?? []).includes(certificate.raw), party).toBe(true);
    }
    const lines = Buffer.from(unzipSync(zip)['README.txt'] ?? []).toString('utf8').split('\n');
    const commands = lines.filter((line) => /^(\{ head|openssl cms)/.test(line));
    expect(commands).toHaveLength(6);
    const said = execFileSync('sh', ['-c', `set -e\nexec 2>&1\n${commands.join('\n')}`], { cwd: bundle, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    expect(said.match(/Verification successful/gi)).toHaveLength(3);
  }, 60_000);
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
