import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartError, systemCode } from './start-error';

const portsSchema = z.record(z.string(), z.int().min(1024).max(65_535));

/** Whether a listener may be opened at `host:port`; `code` says why not (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …). */
export async function probePort(port: number, host = '127.0.0.1'): Promise<{ free: true } | { free: false; code: string }> {
  return await new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve({ free: false, code: systemCode(error) ?? 'unknown' }));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve({ free: true })));
  });
}

/**
 * Below what systems give to outgoing connections (from 32,768 on Linux, 49,152 elsewhere): any of those may come to hold a port
 * between its choice, or the end of who listened on it, and the next listener.
 */
const CHOSEN_PORTS = { from: 20_000, to: 29_999 } as const;

/** A port on loopback that nobody listened on a moment ago, at random. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = randomInt(CHOSEN_PORTS.from, CHOSEN_PORTS.to + 1);
    if ((await probePort(port)).free) return port;
  }
  throw new StartError(`None of a hundred ports between ${CHOSEN_PORTS.from} and ${CHOSEN_PORTS.to} is free on 127.0.0.1: end some of what listens there, and start again.`);
}

/**
 * The port of an embedded part: the one remembered in `<dataDir>/ports.json` while it is free and none that an outgoing connection may get,
 * otherwise a new one, which is remembered in its place. An unreadable file is taken for an empty one, because ports are cheap to choose again.
 */
export async function rememberedPort(dataDir: string, part: string, choose: () => Promise<number> = freePort): Promise<number> {
  const file = join(dataDir, 'ports.json');
  const ports = readPorts(file);
  const known = ports[part];
  if (known !== undefined && known <= CHOSEN_PORTS.to && (await probePort(known)).free) return known;
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
