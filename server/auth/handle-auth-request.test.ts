import { describe, expect, it, vi } from 'vitest';
import { handleAuthRequest } from './handle-auth-request';

const nextAuth = vi.hoisted(() => vi.fn<(request: Request & { nextUrl: URL }) => Promise<Response>>());
vi.mock('next-auth', () => ({ default: nextAuth }));
vi.mock('./auth-options', () => ({ authOptions: () => ({}) }));
vi.mock('./session-actor', () => ({ sessionActor: () => Promise.resolve(null) }));
vi.mock('../session/end-session', () => ({ endSession: vi.fn() }));
vi.mock('../env', () => ({ getEnv: () => ({ AIRLOCK_URL: 'http://localhost:3000' }), isDemo: () => true, tellNextAuthItsAddress: () => undefined }));
vi.mock('../logger', () => ({ log: vi.fn(), logSecurity: vi.fn() }));

const send = (body: BodyInit, path = 'callback/email-link') =>
  handleAuthRequest(
    new Request(`http://localhost:3000/api/auth/${path}?x=1`, { method: 'POST', headers: { origin: 'http://localhost:3000', 'content-type': 'application/x-www-form-urlencoded' }, body, duplex: 'half' } as RequestInit),
    { params: Promise.resolve({ nextauth: path.split('/') }) },
  );

describe('a request for signing in', () => {
  it('reaches next-auth with its address, headers and body', async () => {
    nextAuth.mockImplementationOnce(async (request) => Response.json([request.nextUrl.searchParams.get('x'), request.headers.get('content-type'), await request.text()]));
    const response = await send('token=abc');
    expect(await response.json()).toEqual(['1', 'application/x-www-form-urlencoded', 'token=abc']);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is not read to its end where it never ends', async () => {
    nextAuth.mockClear();
    const pulled = vi.fn();
    const endless = new ReadableStream({ pull: (controller) => (pulled(), controller.enqueue(new Uint8Array(4096).fill(97))) });
    expect(await send(endless)).toMatchObject({ status: 413 });
    expect(pulled.mock.calls.length).toBeLessThan(10);
    expect(nextAuth).not.toHaveBeenCalled();
  });
});
