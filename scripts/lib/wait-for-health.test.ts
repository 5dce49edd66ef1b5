import { expect, it } from 'vitest';
import { healthAddress } from './wait-for-health';

it.each([
  ['127.0.0.1', 'http://127.0.0.1:3000/api/health'],
  ['0.0.0.0', 'http://127.0.0.1:3000/api/health'],
  ['::', 'http://[::1]:3000/api/health'],
  ['::1', 'http://[::1]:3000/api/health'],
  ['portal.example.com', 'http://portal.example.com:3000/api/health'],
])('a portal that listens on %s is asked at %s', (host, address) => {
  expect(healthAddress(host, 3000)).toBe(address);
});
