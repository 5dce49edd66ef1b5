import { createServer, get } from 'node:http';
import { type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { clientNetwork, markPeerAddresses } from './peer-address';

const headers = (fields: Record<string, string>) => new Headers(fields);

describe('the network of a client', () => {
  it('is unknown where nobody marked the request, whatever it says of itself', () => {
    expect(clientNetwork(headers({ 'x-airlock-peer': '203.0.113.7', 'x-forwarded-for': '203.0.113.7' }), 0)).toBe('unknown');
  });

  it('is the socket\'s, over what the client sends under our header\'s name', async () => {
    markPeerAddresses();
    const server = createServer((request, response) => response.end(clientNetwork(headers(request.headers as Record<string, string>), 0)));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      get({ port, host: '127.0.0.1', headers: { 'x-airlock-peer': '203.0.113.7', 'x-forwarded-for': '203.0.113.8' } }, (response) => response.setEncoding('utf8').on('data', resolve)).on('error', reject);
    });
    server.close();
    expect(answer).toBe('127.0.0.1');
  });

  it.each([
    [1, '198.51.100.1, 203.0.113.7', '203.0.113.7'],
    [2, '198.51.100.1, 203.0.113.7, 10.0.0.2', '203.0.113.7'],
    [1, 'nonsense', 'unknown'],
    [1, '::ffff:203.0.113.7', '203.0.113.7'],
    [1, '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    [1, '2001:db8::6', '2001:db8:0:0::/64'],
    [1, '::1', '0:0:0:0::/64'],
  ])('behind %i proxies with "%s" is %s', (proxies, forwarded, network) => {
    expect(clientNetwork(headers({ 'x-forwarded-for': forwarded }), proxies)).toBe(network);
  });
});
