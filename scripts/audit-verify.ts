import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { readAnchors } from '@/server/audit/audit-anchors';
import { parseExportedEvent } from '@/server/audit/export-audit-log';
import { type ChainRow } from '@/server/audit/read-chain';
import { type ChainVerdict, verifyAuditChain, verifyExportedChain } from '@/server/audit/verify-audit-chain';
import { EnvironmentError } from '@/server/env';
import { usePortalDatabase } from './lib/portal-database';
import { repositoryRoot } from './lib/repository-root';

/** Ends with 0 for a chain that holds, 1 for one that does not, 2 where it could not be looked at. */
const USAGE = `npm run audit:verify                    reads the audit log of DATABASE_URL, or of the portal that runs from AIRLOCK_DATA_DIR
npm run audit:verify -- --file <lines>  reads what npm run audit:export wrote
Both compare it with the signed anchors in AIRLOCK_DATA_DIR/audit-anchors.`;

class UsageError extends Error {}

async function* pagesOf(file: string): AsyncGenerator<readonly ChainRow[]> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) if (line !== '') yield [parseExportedEvent(line)];
}

function say(verdict: ChainVerdict): number {
  if (!verdict.intact) {
    console.log(verdict.kind === 'anchor' ? `BROKEN: ${verdict.why}.` : `BROKEN at event ${verdict.brokenAt}: ${verdict.why}.`);
    return 1;
  }
  const { held, foreign, lastAt } = verdict.anchors;
  console.log(`INTACT: ${verdict.events} events. Hash of the last: ${verdict.head}`);
  console.log(held === 0 ? 'There is no anchor to compare with: an end that was cut off would not be seen.' : `It agrees with ${held} signed anchors, the newest of ${lastAt}.`);
  if (foreign > 0) console.log(`${foreign} anchors were signed by another key and not compared.`);
  return 0;
}

async function main(args: readonly string[]): Promise<number> {
  const [option, file, ...rest] = args;
  if (option === undefined) return say(await verifyAuditChain());
  if (option !== '--file' || file === undefined || rest.length > 0) throw new UsageError(USAGE);
  return say(await verifyExportedChain(pagesOf(file), readAnchors()));
}

usePortalDatabase(process.env, repositoryRoot);
try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UsageError || error instanceof EnvironmentError ? error.message : `The audit log could not be read (${error instanceof Error ? error.name : 'unknown'}). Is the database running, or the file one that audit:export wrote?`);
  process.exitCode = 2;
}
