import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hasProgram, openssl } from '@/tests/fixtures/openssl';
import { type LocalAuthority, type Manner, startTimestampAuthority } from '@/tests/fixtures/timestamp-authority';
import { log } from '../logger';
import { findSignatures } from './find-signatures';
import { type PortalIdentity } from './identity';
import { appendRevision, PdfFile } from './pdf-file';
import { readCms } from './read-cms';
import { renderAgreementPdf } from './render-agreement-pdf';
import { signField, type SignedField } from './sign-agreement';
import { makeTestIdentity, parseTestIdentity } from './test-identity';
import { Patience } from './patience';
import { askForTimestamp, type TimestampAuthority } from './timestamp';
import { verifyPdf } from './verify-pdf';

vi.mock('../logger', () => ({ log: vi.fn() }));

const isOpensslHere = hasProgram('openssl', 'version');
const now = new Date();
const template = { title: 'A small agreement', version: '9.9', sha256: 'ab'.repeat(32), source: '---\ntitle: x\n---\n\n1.1 Both keep it secret.\n\n| | V | C |\n| --- | --- | --- |\n| Signature | {{vendorSignature}} | {{customerSignature}} |\n' };
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-timestamp-'));
let authority: LocalAuthority;
let portal: PortalIdentity;
let drawn: Uint8Array;

beforeAll(async () => {
  if (!isOpensslHere) return;
  authority = await startTimestampAuthority(folder);
  portal = parseTestIdentity(await makeTestIdentity(now));
  drawn = await renderAgreementPdf({ template, fields: { vendorName: 'Example', governingLaw: 'Ireland' }, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [], parties: { customer: { organization: 'Acme' }, vendor: { organization: 'Example' } } });
}, 60_000);

afterAll(async () => {
  if (isOpensslHere) await authority.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  vi.mocked(log).mockClear();
});

/** As long as a busy machine may take. */
const asked = (url: string, patience = new Patience(20_000)): TimestampAuthority => ({ url, patience });
const seal = (tsa: TimestampAuthority, at: Date = now): Promise<SignedField> => signField({ pdf: drawn, field: 'seal', identity: portal, signer: { name: 'Portal' }, appearance: { kind: 'seal', title: 'Seal' }, reason: 'Seals', now: at, tsa });
const verify = (pdf: Uint8Array) => verifyPdf(pdf, { knownSha256: () => Promise.resolve(null), trusted: portal.chain });

function flipAt(bytes: Buffer, at: number): Buffer {
  expect(at).toBeGreaterThan(0);
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ 1;
  return flipped;
}

/** The signature stands by itself, intact and without any time but the one that the signer claims. */
async function expectWithout({ pdf, timestamp, timestampedAt }: SignedField): Promise<void> {
  expect({ timestamp, timestampedAt }).toEqual({ timestamp: 'failed', timestampedAt: null });
  const { signatures, verdict } = await verify(pdf);
  expect(verdict).toBe('INTACT_UNKNOWN_SIGNER');
  expect(signatures).toEqual([expect.objectContaining({ field: 'seal', intact: true, timestamp: null })]);
  expect(log).toHaveBeenCalledWith('warn', 'timestamp-failed', expect.anything());
}

describe.skipIf(!isOpensslHere)('a signature with a timestamp authority', () => {
  it('is PAdES B-T: the token is of its value, and openssl verifies it', async () => {
    authority.behave({ kind: 'honest' });
    const signed = await seal(asked(authority.url));
    expect(signed.timestamp).toBe('ok');
    const { signatures, verdict } = await verify(signed.pdf);
    expect(verdict).toBe('INTACT_UNKNOWN_SIGNER');
    expect(signatures[0]?.timestamp).toEqual({ at: signed.timestampedAt?.toISOString(), authority: 'Test timestamp authority' });
    const [found] = findSignatures(signed.pdf, Buffer.from(signed.pdf).toString('latin1'));
    const { timestampToken, signatureValue } = readCms(found?.cms ?? new Uint8Array(), { detached: found?.covered ?? [], needsSigningCertificate: true });
    writeFileSync(path.join(folder, 'token.der'), timestampToken ?? '');
    writeFileSync(path.join(folder, 'value.bin'), signatureValue);
    const said = openssl(['ts', '-verify', '-token_in', '-in', 'token.der', '-data', 'value.bin', '-CAfile', authority.caFile], folder);
    expect(said.toString()).toContain('Verification: OK');
    expect(log).not.toHaveBeenCalled();
  }, 30_000);

  it('may stand by itself over a document, as other programs add it, and is intact as long as that is', async () => {
    authority.behave({ kind: 'honest' });
    const { pdf } = await seal(asked(authority.url));
    const before = new PdfFile(pdf);
    const [number, room] = [before.size, '0'.repeat(24_576)];
    const blank = '[0 0000000000 0000000000 0000000000]';
    const { bytes, bodies } = appendRevision(before, [{ number, body: `<< /Type /DocTimeStamp /SubFilter /ETSI.RFC3161 /ByteRange ${blank} /Contents <${room}> >>` }]);
    const first = bytes.indexOf('/Contents <', bodies.get(number)) + '/Contents '.length;
    const next = first + room.length + 2;
    bytes.write(`[0 ${first} ${next} ${bytes.length - next}]`.padEnd(blank.length), bytes.indexOf(blank, bodies.get(number)), 'latin1');
    const covered = Buffer.concat([bytes.subarray(0, first), bytes.subarray(next)]);
    const stamp = await askForTimestamp({ authority: asked(authority.url), signatureValue: covered, now, maxBytes: room.length / 2 });
    if (!stamp) throw new Error('There is no timestamp.');
    bytes.write(Buffer.from(stamp.token.toSchema().toBER()).toString('hex'), first + 1, 'latin1');
    const { signatures, verdict } = await verify(bytes);
    expect(signatures.at(-1)).toEqual({ field: null, signerName: 'Test timestamp authority', signedAt: null, intact: true, coversWholeDocument: true, trustedBy: null, timestamp: { at: stamp.at.toISOString(), authority: 'Test timestamp authority' } });
    expect(verdict, 'it fills no field that stood there').toBe('CHANGED_AFTER_SIGNING');
    expect((await verify(flipAt(bytes, 1000))).signatures.map(({ intact }) => intact)).toEqual([false, false]);
  }, 30_000);

  const faults: readonly (readonly [string, Manner])[] = [
    ['answers with nonsense', { kind: 'says', status: 200, body: Buffer.from('<html>Out of order</html>') }],
    ['answers with nothing', { kind: 'says', status: 200, body: Buffer.alloc(0) }],
    ['is out of order', { kind: 'says', status: 503, body: Buffer.from('later') }],
    ['sends too much', { kind: 'says', status: 200, body: Buffer.alloc(200_000, 0x30) }],
    ['rejects the query', { kind: 'change', with: () => Buffer.from('no query') }],
    ['answers for another imprint', { kind: 'change', with: (query) => flipAt(query, query.indexOf('0420', 'hex') + 10) }],
    ['answers another request', { kind: 'change', with: (query) => flipAt(query, query.indexOf('020c', 'hex') + 13) }],
    ['signs what does not hold', { kind: 'spoil', with: (answer) => flipAt(answer, answer.length - 1) }],
  ];
  it.each(faults)('stands without one where the authority %s', async (_what, manner) => {
    authority.behave(manner);
    const before = authority.asked();
    await expectWithout(await seal(asked(authority.url)));
    // Asked again once.
    expect(authority.asked() - before).toBe(2);
  }, 30_000);

  it('stands without one where the authority never answers', async () => {
    authority.behave({ kind: 'silent' });
    const before = authority.asked();
    const patience = new Patience(200);
    await expectWithout(await seal(asked(authority.url, patience)));
    // The next signature of the same step does not wait again.
    await expectWithout(await seal(asked(authority.url, patience)));
    expect(authority.asked() - before).toBe(1);
  }, 30_000);

  it('stands without one where nobody listens', async () => {
    const gone = mkdtempSync(path.join(folder, 'gone-'));
    const other = await startTimestampAuthority(gone);
    await other.stop();
    await expectWithout(await seal(asked(other.url)));
  }, 30_000);

  it('stands without one where the clock of the authority is a day off', async () => {
    authority.behave({ kind: 'honest' });
    portal = parseTestIdentity(await makeTestIdentity(new Date(now.getTime() - 172_800_000)));
    await expectWithout(await seal(asked(authority.url), new Date(now.getTime() - 86_400_000)));
  }, 30_000);
});
