import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type Actor } from '@/domain/actor';
import { apiRoute, type RouteAuth } from './api-route';

const world = vi.hoisted(() => ({ session: null as unknown, key: { kind: 'upload_key', uploadKeyId: 'k', caseId: 'c', organizationId: 'o' } }));
vi.mock('../auth/session-actor', () => ({ sessionActor: () => Promise.resolve(world.session) }));
vi.mock('../auth/upload-key-actor', () => ({ uploadKeyActor: () => Promise.resolve(world.key) }));
vi.mock('../env', () => ({ getEnv: () => ({ AIRLOCK_URL: 'http://localhost:3000' }), isDemo: () => true }));
const log = vi.hoisted(() => vi.fn());
vi.mock('../logger', () => ({ log, logSecurity: vi.fn() }));

const person: Actor = { kind: 'user', userId: 'u', pseudonym: 'p', role: 'customer', organizationId: 'o', sessionId: 's' };
const here = { origin: 'http://localhost:3000' };
const id = '0190f3c6-0000-7000-8000-000000000001';
type Call = { auth?: RouteAuth; method?: string; headers?: Record<string, string>; body?: string | Uint8Array | ReadableStream; fileId?: string };

const call = async ({ auth = 'session', method = 'POST', headers = {}, body, fileId = id }: Call = {}) => {
  const route = apiRoute({
    auth,
    params: z.strictObject({ fileId: z.uuid() }),
    ...(method === 'GET' ? {} : { body: z.strictObject({ name: z.string() }) }),
    maxBodyBytes: 1000,
    handler: ({ actor, params, body: input }) => Promise.resolve({ status: 201, body: { actor: actor.kind, ...params, input } }),
  });
  const init: RequestInit & { duplex?: string } = { method, headers: { ...here, 'content-type': 'application/json', ...headers }, body: method === 'GET' ? undefined : ((body ?? '{"name":"a"}') as BodyInit), duplex: 'half' };
  const response = await route(new Request(`http://localhost:3000/api/v1/files/${fileId}`, init), { params: Promise.resolve({ fileId }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown>, headers: response.headers };
};

describe('an API route', () => {
  it('authenticates, parses, calls and answers what nobody caches', async () => {
    world.session = person;
    const { status, body, headers } = await call();
    expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
    expect(body).toEqual({ actor: 'user', fileId: id, input: { name: 'a' } });
  });

  it('wants a session, and a session that changes something from its own origin', async () => {
    world.session = null;
    expect(await call()).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    world.session = person;
    expect(await call({ headers: { origin: 'https://evil.example' } })).toMatchObject({ status: 403, body: { code: 'cross_origin' } });
    expect((await call({ method: 'GET', headers: { origin: 'https://evil.example' } })).status).toBe(201);
  });

  it('takes a bearer key from anywhere where keys are allowed, and nowhere else', async () => {
    world.session = null;
    const authorization = { authorization: 'Bearer some-upload-key', origin: 'https://evil.example' };
    expect((await call({ auth: 'session_or_upload_key', headers: authorization })).body).toMatchObject({ actor: 'upload_key' });
    expect((await call({ auth: 'session', headers: authorization })).status).toBe(401);
  });

  it('lets anybody in where it is public, but not with somebody else\'s session from another site', async () => {
    world.session = null;
    expect((await call({ auth: 'public', headers: { origin: 'https://evil.example' } })).body).toMatchObject({ actor: 'anonymous' });
    world.session = person;
    expect((await call({ auth: 'public', headers: { origin: 'https://evil.example' } })).status).toBe(403);
  });

  it('takes an id that does not parse for one that does not exist', async () => {
    expect(await call({ fileId: '1-or-1=1' })).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it.each<[string, Call, number, string]>([
    ['is not JSON', { body: '{"name":' }, 400, 'body_not_json'],
    ['is empty', { body: '' }, 400, 'body_not_json'],
    ['is not UTF-8', { body: new Uint8Array([0x22, 0xff, 0x22]) }, 400, 'body_not_json'],
    ['has another type', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
    ['is a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'unsupported_media_type'],
    ['has unknown fields', { body: '{"name":"a","role":"admin"}' }, 422, 'validation_failed'],
    ['reaches for the prototype', { body: '{"name":"a","__proto__":{"x":1}}' }, 422, 'validation_failed'],
    ['is too large', { body: JSON.stringify({ name: 'x'.repeat(2000) }) }, 413, 'body_too_large'],
  ])('refuses a body that %s', async (_what, input, status, code) => {
    expect(await call(input)).toMatchObject({ status, body: { code } });
  });

  it('stops reading a body that never ends', async () => {
    const pulled = vi.fn();
    const body = new ReadableStream({ pull: (controller) => { pulled(); controller.enqueue(new Uint8Array(400).fill(32)); } });
    expect(await call({ body })).toMatchObject({ status: 413 });
    expect(pulled.mock.calls.length).toBeLessThan(10);
  });

  it('logs the pattern of the address, never the id in it', async () => {
    log.mockClear();
    world.session = null;
    await call();
    expect(log).toHaveBeenCalledExactlyOnceWith('info', 'request-refused', expect.objectContaining({ route: '/api/v1/files/{fileId}' }));
  });
});
