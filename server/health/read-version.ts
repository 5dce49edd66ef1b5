import { readFileSync } from 'node:fs';
import path from 'node:path';

let version: string | undefined;

/** The portal's version, from package.json in the folder that the process was started in. */
export function readVersion(): string {
  if (version === undefined) {
    const parsed: unknown = JSON.parse(readFileSync(path.join(/* turbopackIgnore: true */ process.cwd(), 'package.json'), 'utf8'));
    version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
  }
  return version;
}
