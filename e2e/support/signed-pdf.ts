import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type TestInfo } from '@playwright/test';
import { findSignatures } from '@/server/esign/find-signatures';
import { readCms } from '@/server/esign/read-cms';
import { expect } from './test';

const run = promisify(execFile);

/** What a program prints, or null where it is not on this machine. */
async function output(program: string, args: readonly string[], folder: string): Promise<string | null> {
  try {
    const { stdout, stderr } = await run(program, args, { cwd: folder });
    return stdout + stderr;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Says in the report and on the screen what could not be looked at. */
function tellMissing(info: TestInfo, program: string): void {
  info.annotations.push({ type: 'skipped', description: `${program} missing` });
  process.stdout.write(`Skipped in "${info.title}": ${program} missing\n`);
}

/** `pdfsig` of poppler-utils: every signature valid, each with the subfilter of PAdES, the last over the whole document. */
export async function expectValidToPdfsig(pdf: Buffer, { folder, info, signatures }: { folder: string; info: TestInfo; signatures: number }): Promise<void> {
  await writeFile(path.join(folder, 'agreement.pdf'), pdf);
  const said = await output('pdfsig', ['-nocert', 'agreement.pdf'], folder);
  if (said === null) return tellMissing(info, 'pdfsig');
  expect(said.match(/Signature Validation: Signature is Valid\./g)).toHaveLength(signatures);
  expect(said.match(/ETSI\.CAdES\.detached/g)).toHaveLength(signatures);
  expect(said.slice(said.lastIndexOf('Signature #'))).toContain('Total document signed');
}

/** `openssl cms -verify -cades` passes for each signature, up to the portal's root; `openssl ts -verify` for the timestamp of each. */
export async function expectValidToOpenssl(pdf: Buffer, { folder, info, signatures }: { folder: string; info: TestInfo; signatures: number }): Promise<void> {
  if ((await output('openssl', ['version'], folder)) === null) return tellMissing(info, 'openssl');
  const root = process.env.E2E_TSA_ROOT;
  if (!root) throw new Error('E2E_TSA_ROOT is not set although openssl is here. Run the browser tests by: npm run e2e');
  const found = findSignatures(pdf, pdf.toString('latin1'));
  expect(found).toHaveLength(signatures);
  for (const { cms, covered } of found) {
    if (!cms || !covered) throw new Error('A signature cannot be read.');
    const { certificates, signatureValue, timestampToken } = readCms(cms, { detached: covered, needsSigningCertificate: true });
    await writeFile(path.join(folder, 'cms.der'), cms);
    await writeFile(path.join(folder, 'content'), Buffer.concat(covered));
    await writeFile(path.join(folder, 'root.pem'), certificates.filter(({ ca }) => ca).join(''));
    expect(await output('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'cms.der', '-content', 'content', '-CAfile', 'root.pem', '-out', 'verified'], folder)).toMatch(/Verification successful/i);
    await writeFile(path.join(folder, 'token.der'), timestampToken ?? '');
    await writeFile(path.join(folder, 'value'), signatureValue);
    expect(await output('openssl', ['ts', '-verify', '-token_in', '-in', 'token.der', '-data', 'value', '-CAfile', root], folder), 'a timestamp by the authority of the test').toContain('Verification: OK');
  }
}
