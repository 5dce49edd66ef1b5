import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { AppError } from '@/domain/errors';
import { EMPTY_FORM } from '@/lib/form-state';
import { formAction, publicFormAction } from './form-action';

const world = vi.hoisted(() => ({ headers: {} as Record<string, string>, actor: null as unknown, log: vi.fn() }));
vi.mock('next/headers', () => ({ headers: () => Promise.resolve(new Headers(world.headers)) }));
vi.mock('../auth/current-actor', () => ({ getCurrentActor: () => Promise.resolve(world.actor) }));
vi.mock('../env', () => ({ getEnv: () => ({ AIRLOCK_URL: 'https://data.example.com' }), isDemo: () => false }));
vi.mock('../logger', () => ({ log: world.log, logSecurity: vi.fn() }));

const schema = z.strictObject({ name: z.string().min(2, { error: 'Enter a name.' }) });
const person = { kind: 'user', userId: 'u', pseudonym: 'p', role: 'customer', organizationId: 'o', sessionId: 's' };
const handler = vi.fn<(input: { input: { name: string } }) => Promise<void | { redirectTo?: string; message?: string }>>();
const send = (fields: Record<string, string> = { name: 'Ada' }, make: typeof formAction = formAction) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return make(schema, handler)(EMPTY_FORM, form);
};

beforeEach(() => {
  Object.assign(world, { headers: { origin: 'https://data.example.com' }, actor: person });
  handler.mockReset().mockResolvedValue(undefined);
  world.log.mockReset();
});

describe('a form action', () => {
  it('calls with what was parsed, and says that it went well', async () => {
    handler.mockResolvedValue({ message: 'Saved.' });
    expect(await send()).toEqual({ ok: true, message: 'Saved.' });
    expect(handler).toHaveBeenCalledWith({ actor: person, input: { name: 'Ada' }, now: expect.any(Date) });
  });

  it.each<[string, Record<string, string>]>([
    ['from another site', { origin: 'https://evil.example' }],
    ['from another site whose Host header agrees, which is all that Next compares', { origin: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' }],
    ['from a frame without an origin', { origin: 'null' }],
    ['from nowhere', {}],
  ])('does nothing %s', async (_where, headers) => {
    world.headers = headers;
    expect(await send()).toMatchObject({ ok: false, code: 'cross_origin' });
    expect(handler).not.toHaveBeenCalled();
  });

  it('wants somebody signed in, unless it is public', async () => {
    world.actor = null;
    expect(await send()).toMatchObject({ ok: false, code: 'unauthenticated', values: { name: 'Ada' } });
    expect(await send(undefined, publicFormAction as typeof formAction)).toEqual({ ok: true });
  });

  it('says what is wrong beside the field and keeps what was typed', async () => {
    expect(await send({ name: 'A' })).toEqual({ ok: false, code: 'validation_failed', message: expect.any(String), fields: { name: ['Enter a name.'] }, values: { name: 'A' } });
  });

  it('tells an expected error in its own words', async () => {
    handler.mockRejectedValue(new AppError('conflict'));
    const state = await send();
    expect(state).toMatchObject({ ok: false, code: 'conflict', message: new AppError('conflict').detail });
    expect(state).not.toHaveProperty('reference');
  });

  it('hides an unexpected one behind a reference', async () => {
    handler.mockRejectedValue(new Error('canary'));
    const state = await send();
    expect(state).toMatchObject({ ok: false, code: 'internal', reference: expect.stringMatching(/^E-/) });
    expect(JSON.stringify(state)).not.toContain('canary');
  });

  it('goes to another page by Next\'s redirect', async () => {
    handler.mockResolvedValue({ redirectTo: '/cases' });
    await expect(send()).rejects.toMatchObject({ digest: expect.stringContaining('/cases') });
  });
});
