import { createServer } from 'node:net';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { systemCode } from './start-error';

const portsSchema = z.record(z.string(), z.int().min(1024).max(65_535));

/** Whether a listener may be opened at `host:port`; `code` says why not (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …). */
export async function probePort(port: number, host = '127.0.0.1'): Promise<{ free: true } | { free: false; code: string }> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve({ free: false, code: systemCode(error) ?? 'unknown' }));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve({ free: true })));
  });
}

/** A port on loopback that nobody listened on a moment ago, chosen by the system. */
export async function freePort(host = '127.0.0.1'): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('No port was given.'))));
    });
  });
}

/**
 * The port of an embedded part: the one remembered in `<dataDir>/ports.json` while it is free, otherwise a new one, which is
 * remembered in its place. An unreadable file is taken for an empty one, because ports are cheap to choose again.
 */
export async function rememberedPort(dataDir: string, part: string, choose: () => Promise<number> = freePort): Promise<number> {
  const file = join(dataDir, 'ports.json');
  const ports = readPorts(file);
  const known = ports[part];
  if (known !== undefined && (await probePort(known)).free) return known;
  const taken = new Set(Object.values(ports));
  let port = await choose();
  for (let attempt = 0; taken.has(port) && attempt < 20; attempt++) port = await choose();
  const written = `${file}.${process.pid}`;
  writeFileSync(written, `${JSON.stringify({ ...ports, [part]: port }, null, 2)}\n`, { mode: 0o600 });
  renameSync(written, file);
  return port;
}

/** The port that an embedded part had at the last start from this data folder. */
export function portInUse(dataDir: string, part: string): number | undefined {
  return readPorts(join(dataDir, 'ports.json'))[part];
}

function readPorts(file: string): Record<string, number> {
  try {
    const parsed = portsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
