import { describe, expect, it, vi } from 'vitest';
import { isSameOrigin } from './same-origin';

const env = vi.hoisted(() => ({ AIRLOCK_URL: 'https://data.example.com', demo: false }));
vi.mock('../env', () => ({ getEnv: () => env, isDemo: () => env.demo }));

const from = (fields: Record<string, string>) => isSameOrigin(new Headers(fields));

describe('a request that changes something', () => {
  it('is the portal\'s own with its origin', () => {
    expect(from({ origin: 'https://data.example.com', 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(from({ origin: 'https://data.example.com' })).toBe(true);
    expect(from({ 'sec-fetch-site': 'same-origin' })).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['a sister host', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }],
    ['a sister host that forges the origin', { origin: 'https://data.example.com', 'sec-fetch-site': 'same-site' }],
    ['another scheme', { origin: 'http://data.example.com' }],
    ['another port', { origin: 'https://data.example.com:8443' }],
    ['a look-alike', { origin: 'https://data.example.com.evil.example' }],
    ['a sandboxed frame', { origin: 'null' }],
    ['a program that says nothing', {}],
    ['a Host header that agrees with a foreign origin', { origin: 'http://evil.example', host: 'evil.example' }],
  ])('is refused from %s', (_what, fields) => {
    expect(from(fields)).toBe(false);
  });

  it('may use another name of this machine in demo mode, and only there', () => {
    const local = { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' };
    expect(from(local)).toBe(false);
    env.demo = true;
    expect(from(local)).toBe(true);
    expect(from({ origin: 'http://rebound.example:3000', host: 'rebound.example:3000' })).toBe(false);
    env.demo = false;
  });
});
