import { describe, expect, it, vi } from 'vitest';
import { problem } from '@/domain/contracts';
import { AppError } from '@/domain/errors';
import { problemResponse } from './problem-response';

const log = vi.hoisted(() => vi.fn());
vi.mock('../logger', () => ({ log, logSecurity: vi.fn() }));

const canary = 'canary.person@example.com';

describe('an error on its way out', () => {
  it('is a problem document with a stable code and a reference that the log has too', async () => {
    const response = problemResponse(new AppError('segments_missing', { extra: { missing: [3, 4] } }), { method: 'POST', route: '/api/v1/files/{fileId}/complete' });
    const body = problem.parse(await response.json());
    expect(response.status).toBe(409);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({ code: 'segments_missing', status: 409, missing: [3, 4], type: 'urn:airlock:problem:segments_missing' });
    expect(log).toHaveBeenCalledExactlyOnceWith('info', 'request-refused', expect.objectContaining({ reference: body.reference, code: 'segments_missing' }));
  });

  it('hides what went wrong inside', async () => {
    log.mockClear();
    const response = problemResponse(new Error(`duplicate key ${canary}`));
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('canary');
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', reference: expect.stringMatching(/^E-[0-9A-Z]{8}$/) });
    expect(log).toHaveBeenCalledExactlyOnceWith('error', 'request-failed', expect.objectContaining({ error: expect.any(Error) }));
  });

  it('cannot replace its code by its extra members', async () => {
    expect(await problemResponse(new AppError('conflict', { extra: { code: 'fine', status: 200 } })).json()).toMatchObject({ code: 'conflict', status: 409 });
  });

  it('says when to try again', () => {
    expect(problemResponse(new AppError('rate_limited', { retryAfterSeconds: 61.2 })).headers.get('retry-after')).toBe('62');
  });

  it('calls a database that is away not ready', () => {
    expect(problemResponse(Object.assign(new Error('x'), { code: 'ECONNREFUSED' })).status).toBe(503);
  });

  it('survives what is no error at all', async () => {
    expect(await problemResponse('text').json()).toMatchObject({ code: 'internal' });
  });
});
