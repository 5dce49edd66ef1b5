import { describe, expect, it } from 'vitest';
import { NetworkError, PortalError, UploadFailure } from '../upload-errors';
import { createFetchPortalClient } from './fetch-portal-client';

const signal = new AbortController().signal;
const FILE_ID = '0193c0de-0000-7000-8000-000000000001';

function clientAnswering(answer: Response | Error) {
  const requests: Request[] = [];
  const client = createFetchPortalClient('https://portal.test', async (input, init) => {
    requests.push(new Request(input as string, init));
    if (answer instanceof Error) throw answer;
    return answer.clone();
  });
  return { client, requests };
}
const json = (body: unknown, status = 200, type = 'application/json', headers = {}) => new Response(JSON.stringify(body), { status, headers: { 'content-type': type, ...headers } });
const problem = (status: number, code: string, headers = {}) => json({ type: 'about:blank', title: 'T', status, detail: 'D', code, reference: 'R-1' }, status, 'application/problem+json', headers);

describe('the portal client', () => {
  it('speaks the contract', async () => {
    const { client, requests } = clientAnswering(json({ fileId: FILE_ID, segmentBytes: 4194304, maxParallel: 4 }, 201));
    expect(await client.reserveFile('AL-7K3M-Q2ZD', { name: 'a.log', kind: 'os_log', sizeBytes: 5, encoding: 'raw' }, signal)).toEqual({ fileId: FILE_ID, segmentBytes: 4194304, maxParallel: 4 });
    expect(requests[0]).toMatchObject({ method: 'POST', url: 'https://portal.test/api/v1/cases/AL-7K3M-Q2ZD/files', credentials: 'same-origin' });
    expect(requests[0]?.headers.get('content-type')).toBe('application/json');
    expect(await requests[0]?.json()).toEqual({ name: 'a.log', kind: 'os_log', sizeBytes: 5, encoding: 'raw' });
  });

  it('addresses each call as the contract names it', async () => {
    const { client, requests } = clientAnswering(problem(404, 'not_found'));
    const calls = [
      client.presignSegments(FILE_ID, { segments: [] }, signal), client.confirmSegments(FILE_ID, { indexes: [1] }, signal), client.fileStatus(FILE_ID, signal),
      client.completeFile(FILE_ID, { segmentCount: 1 }, signal), client.abandonFile(FILE_ID, signal), client.fileStatus('../cases', signal),
    ];
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'PortalError', problem: { code: 'not_found' } });
    expect(requests.map((request) => `${request.method} ${new URL(request.url).pathname}`)).toEqual([
      `POST /api/v1/files/${FILE_ID}/segments`, `POST /api/v1/files/${FILE_ID}/segments/stored`, `GET /api/v1/files/${FILE_ID}`,
      `POST /api/v1/files/${FILE_ID}/complete`, `DELETE /api/v1/files/${FILE_ID}`, 'GET /api/v1/files/..%2Fcases',
    ]);
  });

  it('passes the words and the wish of the portal on', async () => {
    const { client } = clientAnswering(problem(429, 'rate_limited', { 'retry-after': '17' }));
    const failure = await client.fileStatus(FILE_ID, signal).catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(PortalError);
    expect(failure).toMatchObject({ status: 429, retryAfterSeconds: 17, problem: { title: 'T', detail: 'D', reference: 'R-1' } });
  });

  it('takes no answer, a page in place of JSON, a redirect and a proxy error for worth another attempt', async () => {
    const html = (status: number) => new Response('<html>', { status, headers: { 'content-type': 'text/html' } });
    const redirect = new Response(null, { status: 302, headers: { location: 'https://login.hotel.test' } });
    for (const answer of [new TypeError('Failed to fetch'), html(200), html(502), html(504), redirect]) {
      await expect(clientAnswering(answer).client.fileStatus(FILE_ID, signal)).rejects.toThrow(NetworkError);
    }
  });

  it('does not repeat what a proxy refuses, and says that it was a proxy', async () => {
    const failure = await clientAnswering(new Response('blocked', { status: 403 })).client.fileStatus(FILE_ID, signal).catch((cause: unknown) => cause);
    expect(failure).toMatchObject({ name: 'PortalError', status: 403, problem: { code: 'refused_on_the_way' } });
  });

  it('says that the page is older than the portal where the answer has another shape', async () => {
    const failure = await clientAnswering(json({ fileId: 7 })).client.fileStatus(FILE_ID, signal).catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(UploadFailure);
    expect(failure).toMatchObject({ problem: { code: 'unexpected_answer' } });
  });

  it('ends with the reason of an abort', async () => {
    const controller = new AbortController();
    controller.abort(new Error('paused'));
    await expect(clientAnswering(new DOMException('', 'AbortError')).client.fileStatus(FILE_ID, controller.signal)).rejects.toThrow('paused');
  });
});
