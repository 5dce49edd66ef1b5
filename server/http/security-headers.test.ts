import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy, storageOrigins } from './security-headers';

const policyOf = (change: Partial<Parameters<typeof contentSecurityPolicy>[0]> = {}) => {
  const text = contentSecurityPolicy({ nonce: 'n0nce', storageOrigins: ['https://b.s3.eu-west-1.amazonaws.com'], isHttps: true, isDevelopment: false, ...change });
  return Object.fromEntries(text.split('; ').map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]));
};

describe('the content security policy', () => {
  it('lets no script run that does not carry the nonce, and nothing be evaluated', () => {
    const scripts = policyOf()['script-src'];
    expect(scripts).toContain("'nonce-n0nce'");
    expect(scripts).not.toContain("'unsafe-inline'");
    expect(scripts).not.toContain("'unsafe-eval'");
  });

  it('lets the browser speak with the portal and its storage only', () => {
    expect(policyOf()['connect-src']).toEqual(["'self'", 'https://b.s3.eu-west-1.amazonaws.com']);
  });

  it('lets nobody frame it, post its forms elsewhere, or move its base', () => {
    expect(policyOf()).toMatchObject({ 'frame-ancestors': ["'none'"], 'form-action': ["'self'"], 'base-uri': ["'none'"], 'object-src': ["'none'"] });
  });

  it('loosens what the development server needs, and only there', () => {
    expect(policyOf({ isDevelopment: true })['script-src']).toContain("'unsafe-eval'");
    expect(policyOf({ isHttps: false })).not.toHaveProperty('upgrade-insecure-requests');
  });

  it('names the storage as the browser will address it', () => {
    expect(storageOrigins({ endpoint: 'http://127.0.0.1:9300/path', bucket: 'b', region: 'eu-west-1' })).toEqual(['http://127.0.0.1:9300']);
    expect(storageOrigins({ endpoint: undefined, bucket: 'b', region: 'eu-west-1' })).toContain('https://b.s3.eu-west-1.amazonaws.com');
  });
});
