import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

type Claims = { readonly email: string; readonly email_verified: boolean };
type Grant = { readonly nonce: string; readonly challenge: string; readonly redirectUri: string; readonly claims: Claims };

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * An OpenID Connect provider of one client, which signs in whoever `person` names without asking (OpenID Connect Core 1.0, code
 * flow). It holds the client to PKCE (RFC 7636, S256), its secret and its redirect address, and gives each code out once.
 */
export class IdentityProvider {
  readonly clientId = 'airlock';
  readonly clientSecret = randomBytes(24).toString('base64url');
  person: Claims = { email: '', email_verified: true };
  /** Puts another nonce into the next token than the one that was asked for. */
  forgesNonce = false;
  readonly #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  readonly #grants = new Map<string, Grant>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#answer(request).then(({ status = 200, location, body }) => {
        response.writeHead(status, location === undefined ? { 'content-type': 'application/json' } : { location });
        response.end(body === undefined ? undefined : JSON.stringify(body));
      });
    });
  }

  static async start(): Promise<IdentityProvider> {
    const provider = new IdentityProvider();
    await new Promise<void>((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    return provider;
  }
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
  get issuer(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }
  /** What the portal is started with. */
  get environment(): Readonly<Record<string, string>> {
    return { OIDC_ISSUER: this.issuer, OIDC_CLIENT_ID: this.clientId, OIDC_CLIENT_SECRET: this.clientSecret };
  }

  async #answer(request: IncomingMessage): Promise<{ status?: number; location?: string; body?: object }> {
    const url = new URL(request.url ?? '/', this.issuer);
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return { body: this.#configuration() };
      case '/keys':
        return { body: { keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] } };
      case '/authorize':
        return this.#authorize(url.searchParams);
      case '/token':
        return this.#token(request);
      default:
        return { status: 404 };
    }
  }

  #configuration(): object {
    const at = (path: string) => `${this.issuer}/${path}`;
    return { issuer: this.issuer, authorization_endpoint: at('authorize'), token_endpoint: at('token'), jwks_uri: at('keys'), response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'] };
  }

  #authorize(asked: URLSearchParams): { status?: number; location?: string } {
    const need = (name: string) => asked.get(name) ?? '';
    const isRight = need('client_id') === this.clientId && need('response_type') === 'code' && need('code_challenge_method') === 'S256' && need('scope').split(' ').includes('openid') && need('state') !== '' && need('nonce') !== '';
    if (!isRight) return { status: 400 };
    const code = randomBytes(16).toString('hex');
    this.#grants.set(code, { nonce: need('nonce'), challenge: need('code_challenge'), redirectUri: need('redirect_uri'), claims: this.person });
    const back = new URL(need('redirect_uri'));
    back.search = new URLSearchParams({ code, state: need('state') }).toString();
    return { status: 302, location: back.href };
  }

  async #token(request: IncomingMessage): Promise<{ status?: number; body?: object }> {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const form = new URLSearchParams(text);
    const grant = this.#grants.get(form.get('code') ?? '');
    this.#grants.delete(form.get('code') ?? '');
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (!this.#isClient(request) || !grant || grant.challenge !== challenge || grant.redirectUri !== form.get('redirect_uri')) return { status: 400, body: { error: 'invalid_grant' } };
    return { body: { access_token: randomBytes(16).toString('hex'), token_type: 'Bearer', id_token: this.#idToken(grant, this.#keys.privateKey) } };
  }

  /** `client_secret_basic`, the method that a client uses where the provider names none. */
  #isClient(request: IncomingMessage): boolean {
    const expected = Buffer.from(`Basic ${Buffer.from(`${this.clientId}:${this.clientSecret}`).toString('base64')}`);
    const given = Buffer.from(request.headers.authorization ?? '');
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  #idToken({ nonce, claims }: Grant, key: KeyObject): string {
    const seconds = Math.floor(Date.now() / 1000);
    const payload = { iss: this.issuer, aud: this.clientId, sub: createHash('sha256').update(claims.email).digest('hex'), iat: seconds, exp: seconds + 300, nonce: this.forgesNonce ? `${nonce}x` : nonce, ...claims };
    const signed = `${base64url({ alg: 'RS256', kid: 'one', typ: 'JWT' })}.${base64url(payload)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), key).toString('base64url')}`;
  }
}
