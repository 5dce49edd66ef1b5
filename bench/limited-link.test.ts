import { createHash, randomBytes } from 'node:crypto';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { LimitedLink } from './limited-link';

const content = randomBytes(3_000_000);
const fast = 1e12;
const open: { close: () => unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

/** Answers with the SHA-256 of all that it was sent. */
async function hashingServer(): Promise<number> {
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    const hash = createHash('sha256');
    socket.on('data', (chunk) => hash.update(chunk)).on('end', () => socket.end(hash.digest())).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** What comes back for `content`, or the code of the error that ended the connection. */
function sendThrough(port: number): Promise<Buffer | string> {
  return new Promise((resolve) => {
    const answer: Buffer[] = [];
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('data', (chunk) => answer.push(chunk)).on('end', () => resolve(Buffer.concat(answer))).on('error', ({ message }) => resolve(message));
    socket.end(content);
  });
}

async function openLink(bytesPerSecond: number): Promise<{ link: LimitedLink; port: number }> {
  const link = new LimitedLink(await hashingServer(), bytesPerSecond);
  open.push(link);
  return { link, port: await link.open() };
}

describe('a limited link', () => {
  it('lets everything through as it is, by several connections at once, and counts it', async () => {
    const { link, port } = await openLink(fast);
    const hash = createHash('sha256').update(content).digest();
    expect(await Promise.all([1, 2, 3].map(() => sendThrough(port)))).toEqual([hash, hash, hash]);
    expect(link.sentBytes).toBe(3 * content.length);
  });

  it('cuts every connection once, and lets later ones through', async () => {
    const { link, port } = await openLink(fast);
    const cut = link.cutAt(1_000_000);
    const [first] = await Promise.all([sendThrough(port), cut]);
    expect(first).toMatch(/ECONNRESET|EPIPE/);
    expect(link.sentBytes).toBeLessThan(content.length);
    expect(await sendThrough(port)).toEqual(createHash('sha256').update(content).digest());
  });
});
