import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EnvironmentError, parseEnvironment, refuseOwnerOfTables } from './env';

const production = {
  AIRLOCK_MODE: 'production',
  AIRLOCK_URL: 'https://data.example.com',
  DATABASE_URL: 'postgresql://airlock@db.example.com/airlock',
  SMTP_URL: 'smtps://mail.example.com',
  RECEIPT_KEY_FILE: '/run/secrets/receipt.pem',
  SIGNING_PKCS12_FILE: '/run/secrets/signing.p12',
  AUTH_SECRET: 'q8Zr1vW0cXb7TnYk5sLdMh3gPjRf9aEu2oIi6xKt',
};
const problemsOf = (raw: Record<string, string | undefined>): readonly string[] => {
  try {
    parseEnvironment(raw, '/srv');
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
};

describe('the environment', () => {
  it('needs nothing in demo mode', () => {
    const env = parseEnvironment({}, '/srv');
    expect(env).toMatchObject({ AIRLOCK_MODE: 'demo', PORT: 3000, AIRLOCK_URL: 'http://localhost:3000', AIRLOCK_DATA_DIR: '/srv/.data', AWS_REGION: 'eu-west-1' });
  });

  it('takes an empty string for not set', () => {
    expect(parseEnvironment({ PORT: '', AIRLOCK_URL: '' }, '/srv').PORT).toBe(3000);
  });

  it('takes the portal\'s address without a path, and no other scheme than HTTP\'s', () => {
    expect(parseEnvironment({ AIRLOCK_URL: 'http://localhost:3000/' }, '/srv').AIRLOCK_URL).toBe('http://localhost:3000');
    for (const address of ['http://localhost:3000/portal', 'http://localhost:3000/?a=b', 'http://me:word@localhost:3000', 'ftp://localhost', 'localhost:3000']) {
      expect(problemsOf({ AIRLOCK_URL: address }), address).toEqual([expect.stringMatching(/^AIRLOCK_URL /)]);
    }
    expect(problemsOf({ ...production, AIRLOCK_URL: 'https://data.example.com/portal' })).toEqual([expect.stringMatching(/^AIRLOCK_URL /)]);
  });

  it('lists everything that is wrong at once', () => {
    expect(problemsOf({ PORT: '99999', DATABASE_URL: 'mysql://x', RETENTION_RAW_DAYS: '8' })).toHaveLength(3);
  });

  it('accepts a complete production environment', () => {
    expect(problemsOf(production)).toEqual([]);
  });

  it.each([
    ['an embedded database', { DATABASE_URL: undefined }, 'DATABASE_URL'],
    ['the outbox', { SMTP_URL: undefined }, 'SMTP_URL'],
    ['a missing signing identity', { SIGNING_PKCS12_FILE: undefined }, 'SIGNING_PKCS12_FILE'],
    ['a timestamp authority that is no web address', { TSA_URL: 'ftp://tsa.example.com' }, 'TSA_URL'],
    ['a missing receipt key', { RECEIPT_KEY_FILE: undefined }, 'RECEIPT_KEY_FILE'],
    ['another region', { AWS_REGION: 'us-east-1' }, 'AWS_REGION'],
    ['plain HTTP', { AIRLOCK_URL: 'http://data.example.com' }, 'AIRLOCK_URL'],
    ['plain HTTP for other machines under a loopback address', { AIRLOCK_URL: 'http://localhost:3000', AIRLOCK_HOST: '0.0.0.0' }, 'AIRLOCK_HOST'],
    ['an issuer that anybody on the way can speak for', { OIDC_ISSUER: 'http://id.example.com', OIDC_CLIENT_ID: 'airlock', OIDC_CLIENT_SECRET: 'x' }, 'OIDC_ISSUER'],
    ['embedded storage', { S3_ENDPOINT: 'http://127.0.0.1:9300' }, 'S3_ENDPOINT'],
    ['a short secret', { AUTH_SECRET: 'short' }, 'AUTH_SECRET'],
    ['a secret that is no secret', { AUTH_SECRET: 'a'.repeat(64) }, 'AUTH_SECRET'],
  ])('refuses %s in production', (_what, change, name) => {
    const problems = problemsOf({ ...production, ...change });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.every((problem) => problem.startsWith(name))).toBe(true);
  });

  it('keeps demo mode on this machine', () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1']) expect(problemsOf({ AIRLOCK_HOST: host })).toEqual([expect.stringContaining('AIRLOCK_MODE=production')]);
    expect(problemsOf({ AIRLOCK_HOST: '127.0.0.1' })).toEqual([]);
  });

  it('may hold the owner of the tables for the launcher alone: web and worker do not run beside it', () => {
    expect(() => refuseOwnerOfTables(parseEnvironment({ ...production, DATABASE_OWNER_URL: 'postgresql://owner@db.example.com/airlock' }, '/srv'))).toThrow(/DATABASE_OWNER_URL is for the launcher alone/);
    expect(() => refuseOwnerOfTables(parseEnvironment(production, '/srv'))).not.toThrow();
    for (const start of ['instrumentation.ts', 'worker/main.ts']) expect(readFileSync(path.resolve(import.meta.dirname, '..', start), 'utf8')).toContain('refuseOwnerOfTables();');
  });

  it('wants all of OIDC or none', () => {
    expect(problemsOf({ OIDC_ISSUER: 'https://id.example.com' })).toHaveLength(1);
  });
});
