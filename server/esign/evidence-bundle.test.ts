import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chainInput, GENESIS_HASH } from '@/domain/audit';
import { buildEvidenceBundle } from './evidence-bundle';
import { type PortalIdentity } from './identity';
import { renderAgreementPdf } from './render-agreement-pdf';
import { signField } from './sign-agreement';
import { issuePersonCertificate } from './signing-identity';
import { makeTestIdentity, parseTestIdentity } from './test-identity';

// openssl asks whether the certificates are valid today.
const now = new Date();
const folder = mkdtempSync(path.join(tmpdir(), 'airlock-evidence-'));
let readme: string;

/** Signs an agreement under this identity of the portal and lays its bundle out in the folder. */
async function layOutBundle(portal: PortalIdentity): Promise<void> {
  const template = { title: 'A small agreement', version: '9.9', sha256: 'ab'.repeat(32), source: '---\ntitle: x\n---\n\n1.1 Both keep it secret.\n' };
  const drawn = await renderAgreementPdf({ template, fields: { vendorName: 'Example', governingLaw: 'Ireland' }, agreementId: 'a-1', verifyUrl: 'https://portal.example/verify', evidence: [], parties: { customer: { organization: 'Acme', name: 'Zoë Žižek' }, vendor: { organization: 'Example' } } });
  const person = await issuePersonCertificate({ name: 'Zoë Žižek', organization: 'Acme', now, portal });
  const signed = await signField({ pdf: drawn, field: 'customer', identity: person, signer: { name: 'Zoë Žižek', organization: 'Acme' }, appearance: { kind: 'typed', text: 'Zoë Žižek' }, reason: 'Agrees', now });
  const sealed = await signField({ pdf: signed.pdf, field: 'seal', identity: portal, signer: { name: 'Portal' }, appearance: { kind: 'seal', title: 'Sealed by the portal' }, reason: 'Seals', now });
  const event = { seq: '7', at: now.toISOString(), type: 'nda.signed', actorKind: 'user', actorId: 'u-1', organizationId: 'o-1', caseId: null, fileId: null, data: { agreementId: 'a-1' } };
  const zip = buildEvidenceBundle({
    agreementId: 'a-1',
    now,
    portalUrl: 'https://portal.example',
    pdf: sealed.pdf,
    template,
    events: [{ ...event, prevHash: GENESIS_HASH, hash: createHash('sha256').update(chainInput(GENESIS_HASH, event)).digest('hex') }],
    certificates: [{ name: 'customer', pem: signed.certificatePem }, { name: 'portal_seal', pem: sealed.certificatePem }],
  });
  for (const [name, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), bytes);
    if (name === 'README.txt') readme = Buffer.from(bytes).toString('utf8');
  }
}
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const has = (tool: string, arg: string) => spawnSync(tool, [arg], { stdio: 'ignore' }).error === undefined;
const run = (command: string) => execFileSync('sh', ['-c', `${command} 2>&1`], { cwd: folder, encoding: 'utf8' });
/** The lines of the README that begin so. */
const commands = (start: string) => readme.split('\n').filter((line) => line.startsWith(start));

/** As in production, where the file may hold nothing but the key and its certificate. */
const alone = (portal: PortalIdentity): PortalIdentity => ({ ...portal, chain: [], issuer: null });
const identities: readonly (readonly [string, (portal: PortalIdentity) => PortalIdentity])[] = [['whose portal is an authority', (portal) => portal], ['whose portal has a certificate alone', alone]];

describe.each(identities)('the commands in the README of an evidence bundle %s', (_which, adapt) => {
  beforeAll(async () => layOutBundle(adapt(parseTestIdentity(await makeTestIdentity(now)))), 60_000);

  it.skipIf(!has('sha256sum', '--version'))('check every file and every event', () => {
    expect(run(commands('sha256sum -c SHA256SUMS').join('\n'))).toMatch(/^agreement\.pdf: OK$/m);
    expect(run(commands('sha256sum -c EVENTS').join('\n'))).toBe('events/0001.txt: OK\n');
  });

  it.skipIf(!has('pdfsig', '-v'))('check the signatures in the PDF', () => {
    const said = run(commands('pdfsig').join('\n'));
    expect(said.match(/Signature is Valid/g)).toHaveLength(2);
    expect(said.slice(said.indexOf('Signature #2'))).toContain('Total document signed');
  });

  it.skipIf(!has('openssl', 'version'))('check each signature by itself', () => {
    const cut = commands('{ head');
    const verify = commands('openssl');
    expect(cut).toHaveLength(2);
    cut.forEach((command, at) => expect(run(`${command}\n${verify[at]}`)).toContain('Verification successful'));
    writeFileSync(path.join(folder, 'customer.signed'), 'something else');
    expect(() => run(verify[0] ?? '')).toThrow();
  });
});
