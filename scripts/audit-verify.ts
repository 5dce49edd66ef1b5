import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type AnchorKey, readAnchors } from '@/server/audit/audit-anchors';
import { parseExportedEvent } from '@/server/audit/export-audit-log';
import { type ChainRow } from '@/server/audit/read-chain';
import { type ChainVerdict, verifyAuditChain, verifyExportedChain } from '@/server/audit/verify-audit-chain';
import { EnvironmentError } from '@/server/env';
import { readPublicHalf } from '@/server/receipt/receipt-key';
import { usePortalDatabase } from './lib/portal-database';
import { repositoryRoot } from './lib/repository-root';

/** Ends with 0 for a chain that holds, 1 for one that does not, 2 where it could not be looked at. */
const USAGE = `npm run audit:verify                    reads the audit log of DATABASE_URL, or of the portal that runs from AIRLOCK_DATA_DIR
npm run audit:verify -- --file <lines>  reads what npm run audit:export wrote
Both compare it with the signed anchors in AIRLOCK_DATA_DIR/audit-anchors, by the key in RECEIPT_KEY_FILE. With --key <file>, which may be
repeated, they are checked by the keys in these files instead: public halves are enough, and keys that were replaced since count too.`;

class UsageError extends Error {}

async function* pagesOf(file: string): AsyncGenerator<readonly ChainRow[]> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) if (line !== '') yield [parseExportedEvent(line)];
}

function say(verdict: ChainVerdict): number {
  if (!verdict.intact) {
    console.log(verdict.kind === 'anchor' ? `BROKEN: ${verdict.why}.` : `BROKEN at event ${verdict.brokenAt}: ${verdict.why}.`);
    return 1;
  }
  const { held, foreign, newer, lastAt } = verdict.anchors;
  console.log(`INTACT: ${verdict.events} events. Hash of the last: ${verdict.head}`);
  console.log(held === 0 ? 'There is no anchor to compare with: an end that was cut off would not be seen.' : `It agrees with ${held} signed ${held === 1 ? 'anchor' : 'anchors'}, the newest of ${lastAt}.`);
  if (foreign > 0) console.log(`NOT COMPARED: ${foreign} ${foreign === 1 ? 'anchor' : 'anchors'} signed by another key. Name the public half of every key that signed receipts: --key <file> --key <file>`);
  if (newer > 0) console.log(`NOT COMPARED: ${newer} ${newer === 1 ? 'anchor' : 'anchors'} made after this file ends. It is an older export, or its end was cut off.`);
  return 0;
}

function keyIn(file: string): AnchorKey {
  const key = existsSync(file) ? readPublicHalf(readFileSync(file, 'utf8')) : null;
  if (!key) throw new UsageError(`--key ${file}: there is no Ed25519 key (PEM) in such a file.`);
  return key;
}

function optionsOf(args: readonly string[]): { file?: string; keys?: readonly AnchorKey[] } {
  try {
    const { file, key } = parseArgs({ args: [...args], options: { file: { type: 'string' }, key: { type: 'string', multiple: true } } }).values;
    return { file, keys: key?.map(keyIn) };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(USAGE);
  }
}

async function main(args: readonly string[]): Promise<number> {
  const { file, keys } = optionsOf(args);
  return say(file === undefined ? await verifyAuditChain(keys) : await verifyExportedChain(pagesOf(file), readAnchors(keys)));
}

usePortalDatabase(process.env, repositoryRoot);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError || error instanceof EnvironmentError ? error.message : `The audit log could not be read (${error instanceof Error ? error.name : 'unknown'}). Is the database running, or the file one that audit:export wrote?`);
  process.exitCode = 2;
}
