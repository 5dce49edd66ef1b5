import { randomUUID } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import type { Endings } from './endings';
import { sentenceOf } from './start-error';
import type { Portal } from './start-portal';

/**
 * A door on loopback by which the browser tests bring parts of their own portal down: `POST <address>/portal/crash` (web and worker,
 * which their launcher starts again), `/storage/crash`, `/storage/start`. The address holds a secret. Answers when it is done.
 */
export async function openFaultControl({ processes, storage }: Pick<Portal, 'processes' | 'storage'>, endings: Endings): Promise<string> {
  const secret = randomUUID();
  const deeds = new Map<string, () => Promise<unknown>>([
    [`/${secret}/portal/crash`, () => Promise.all(processes.map(({ crash }) => crash()))],
    [`/${secret}/storage/crash`, async () => storage?.crash()],
    [`/${secret}/storage/start`, async () => storage?.startAgain()],
  ]);
  let last: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    request.resume();
    const deed = request.method === 'POST' ? deeds.get(request.url ?? '') : undefined;
    if (!deed) return answer(response, 404, 'There is no such thing to do.');
    last = last.then(deed).then(
      () => answer(response, 200, 'Done.'),
      (error: unknown) => answer(response, 500, sentenceOf(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.add('fault control', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await last;
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`;
}

function answer(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'content-type': 'text/plain' });
  response.end(sentence);
}
