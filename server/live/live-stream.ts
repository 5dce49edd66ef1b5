import { type UserActor } from '@/domain/actor';
import { type LiveTopic } from '@/domain/live';
import { loadSessionActor } from '../session/load-session-actor';
import { getLiveHub, type LiveHub } from './live-hub';
import { mayHear } from './may-hear';

/** Silence longer than this makes proxies close a connection. */
const HEARTBEAT_MS = 20_000;
/** A session that was revoked hears nothing more after this. */
const SESSION_CHECK_MS = 60_000;

type LiveStream = { readonly actor: UserActor; readonly topic: LiveTopic; readonly signal: AbortSignal; readonly hub?: LiveHub };

/**
 * A stream of server-sent events (HTML standard, 9.2): `changed` with the type and the ids of what changed, comments as
 * heartbeats. It ends with the request, and with the session.
 */
export async function openLiveStream({ actor, topic, signal, hub = getLiveHub() }: LiveStream): Promise<ReadableStream<Uint8Array>> {
  const encoder = new TextEncoder();
  let close = (_streamIsOpen: boolean) => undefined as void;
  const stream = new ReadableStream<Uint8Array>({
    start: async (controller) => {
      const send = (text: string) => controller.enqueue(encoder.encode(text));
      const heartbeat = setInterval(() => send(': still here\n\n'), HEARTBEAT_MS);
      const sessionCheck = setInterval(() => void endWithSession(actor, () => close(true)), SESSION_CHECK_MS);
      let stopListening = () => undefined as void;
      let closed = false;
      close = (streamIsOpen) => {
        if (closed) return;
        closed = true;
        clearInterval(heartbeat);
        clearInterval(sessionCheck);
        stopListening();
        if (streamIsOpen) controller.close();
      };
      signal.addEventListener('abort', () => close(true), { once: true });
      if (signal.aborted) close(true);
      if (closed) return;
      send('retry: 3000\n\n');
      const stop = await hub.listen((change) => {
        if (closed) return;
        if (change === null) send('event: changed\ndata: {}\n\n');
        else if (mayHear(actor, topic, change)) send(`event: changed\ndata: ${JSON.stringify({ type: change.type, caseId: change.caseId, fileId: change.fileId })}\n\n`);
      });
      stopListening = stop;
      if (closed) stop();
      else send('event: ready\ndata: {}\n\n');
    },
    cancel: () => close(false),
  });
  return stream;
}

/** Ends the stream where the session is over, or the person is somebody else by now: another role, another organization. */
async function endWithSession(actor: UserActor, close: () => void): Promise<void> {
  try {
    const present = await loadSessionActor(actor.sessionId, new Date());
    if (present && present.role === actor.role && present.organizationId === actor.organizationId) return;
  } catch {
    // The database does not answer: nobody can be told anything, and the browser connects again.
  }
  close();
}
