import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort, probePort, rememberedPort } from './ports';

let dataDir: string;
let servers: Server[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'airlock-ports-'));
  servers = [];
});
afterEach(async () => {
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  rmSync(dataDir, { recursive: true });
});

async function listen(port = 0): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => undefined).resume());
  servers.push(server);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('a port', () => {
  it('is held by an outgoing connection just as by a listener', async () => {
    const socket = connect({ port: await listen(), host: '127.0.0.1' });
    await new Promise((resolve) => socket.once('connect', resolve));
    const { localPort = 0 } = socket;
    expect(await probePort(localPort)).toEqual({ free: false, code: 'EADDRINUSE' });
    socket.destroy();
  });

  it('is chosen where no outgoing connection gets one', async () => {
    const port = await freePort();
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
    expect(await listen(port)).toBe(port);
    expect(await probePort(port)).toEqual({ free: false, code: 'EADDRINUSE' });
  });

  it('is remembered by the data folder until somebody else has it', async () => {
    const first = await rememberedPort(dataDir, 'postgres');
    expect(await rememberedPort(dataDir, 'postgres')).toBe(first);
    expect(await rememberedPort(dataDir, 'storage')).not.toBe(first);
    await listen(first);
    const second = await rememberedPort(dataDir, 'postgres');
    expect(second).not.toBe(first);
    expect(await rememberedPort(dataDir, 'postgres')).toBe(second);
  });

  it('is not remembered from among those of outgoing connections', async () => {
    writeFileSync(join(dataDir, 'ports.json'), '{"postgres": 41234}');
    expect(await rememberedPort(dataDir, 'postgres')).toBeLessThan(30_000);
  });

  it('is chosen anew where what was remembered cannot be read', async () => {
    writeFileSync(join(dataDir, 'ports.json'), '{"postgres": 80');
    const port = await rememberedPort(dataDir, 'postgres');
    expect(await rememberedPort(dataDir, 'postgres')).toBe(port);
  });
});
