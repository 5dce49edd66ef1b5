import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { type BenchPortal } from './portal';
import { type Route } from './route';

const run = promisify(execFile);

export interface Gzipped {
  readonly path: string;
  readonly sizeBytes: number;
  readonly milliseconds: number;
}

/** `gzip -6 FILE > FILE.gz`: the first half of the documented way. It knows no link, so each round measures it once for all links. */
export async function gzipWhole(file: string, target: string): Promise<Gzipped> {
  rmSync(target, { force: true });
  const output = openSync(target, 'w', 0o600);
  const began = performance.now();
  const code = await new Promise<number | null>((resolve, reject) => spawn('gzip', ['-6', '-c', file], { stdio: ['ignore', output, 'inherit'] }).once('error', reject).once('close', resolve));
  const milliseconds = performance.now() - began;
  closeSync(output);
  if (code !== 0) throw new Error(`gzip ended with ${code}.`);
  return { path: target, sizeBytes: statSync(target).size, milliseconds };
}

/** `curl -T FILE.gz URL`: the second half, over the same link and to the same storage. @returns milliseconds */
export async function curlWhole(portal: BenchPortal, route: Route, gzipped: Gzipped): Promise<number> {
  const key = `baseline/${route.name}.gz`;
  const url = await portal.plainPutUrl(key);
  const began = performance.now();
  const { stdout } = await run('curl', ['-q', '-sS', '-o', '/dev/null', '-w', '%{http_code}', '-H', 'x-amz-server-side-encryption: AES256', ...route.curlArguments, '-T', gzipped.path, url]);
  const milliseconds = performance.now() - began;
  if (stdout !== '200') throw new Error(`The storage answered ${stdout} to curl.`);
  await portal.removeObjects(key);
  return milliseconds;
}
