import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Writable } from 'node:stream';
import { type AnswerFault } from './plan-faults';

/** Resets the connection of a client (RST), whatever was read or written of it. */
export function cut(incoming: IncomingMessage, answer: ServerResponse): void {
  // A request that was read to its end has let go of its socket; the answer still holds it.
  const socket = answer.socket ?? incoming.socket;
  if (socket && !socket.destroyed) socket.resetAndDestroy();
  answer.destroy();
}

/** Hands the answer on as it is. */
export function tellAnswer(answer: ServerResponse, reply: IncomingMessage): void {
  answer.writeHead(reply.statusCode ?? 502, reply.headers);
  reply.on('error', () => answer.destroy());
  reply.pipe(answer);
}

/** Waits for the whole answer, lets a share (0 to 1) of its bytes through, status line and headers among them, and ends the connection. */
export async function cutAnswer(answer: ServerResponse, reply: IncomingMessage, share: number): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of reply as AsyncIterable<Buffer>) parts.push(part);
  const body = Buffer.concat(parts);
  const headers = Object.entries(reply.headers).filter(([name]) => name !== 'transfer-encoding' && name !== 'content-length');
  const lines = [`HTTP/1.1 ${reply.statusCode ?? 502} ${reply.statusMessage ?? ''}`, ...headers.map(([name, value]) => `${name}: ${String(value)}`), `content-length: ${body.length}`, '', ''];
  const whole = Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), body]);
  const socket = answer.socket as Writable | null;
  // At least a byte is missing, and what is there arrives: a reset could take it back.
  await new Promise<void>((resolve) => (socket ? socket.write(whole.subarray(0, Math.floor(share * (whole.length - 1))), () => resolve()) : resolve()));
  socket?.destroy();
  answer.destroy();
}

/** An answer in the words of S3, readable by the page as S3's own is. */
export function refuse(incoming: IncomingMessage, answer: ServerResponse, { status, code, message }: AnswerFault): void {
  incoming.resume();
  const { origin } = incoming.headers;
  answer.writeHead(status, { 'content-type': 'application/xml', ...(origin ? { 'access-control-allow-origin': origin } : {}) });
  answer.end(`<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}

/** Resolves when the stream is closed, or at `event` where that comes first. */
export async function untilClosed(stream: IncomingMessage | ServerResponse, event = 'close'): Promise<void> {
  if (stream.destroyed || stream.closed) return;
  await new Promise<void>((resolve) => stream.once(event, resolve).once('close', resolve));
}
