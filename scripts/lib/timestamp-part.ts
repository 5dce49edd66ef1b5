import { mkdirSync, rmSync } from 'node:fs';
import { hasProgram } from '@/tests/fixtures/openssl';
import { startTimestampAuthority } from '@/tests/fixtures/timestamp-authority';
import type { Endings } from './endings';

/** A busy machine takes its time with `openssl ts`, and the tests want the timestamp itself. */
const PATIENCE_MS = 30_000;

/** What the portal of the browser tests is told (`shell`), and what the tests are (`tests`): the root above the authority. */
export interface TimestampPart {
  shell: Record<string, string>;
  tests: Record<string, string>;
}

/** A timestamp authority for the browser tests, in a folder of its own. None where openssl is missing: the tests then say so. */
export async function openTimestampAuthority(folder: string, endings: Endings): Promise<TimestampPart> {
  if (!hasProgram('openssl', 'version')) return { shell: {}, tests: {} };
  endings.add('keys of the timestamp authority', () => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const authority = await startTimestampAuthority(folder);
  endings.add('timestamp authority', authority.stop);
  return { shell: { TSA_URL: authority.url, TSA_PATIENCE_MS: String(PATIENCE_MS) }, tests: { E2E_TSA_ROOT: authority.caFile } };
}
