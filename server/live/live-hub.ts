import { Client } from 'pg';
import { type LiveChange, liveChange } from '@/domain/live';
import { LIVE_CHANNEL } from '../audit/append-audit-event';
import { EnvironmentError, getEnv } from '../env';
import { log } from '../logger';

/** Gets each change, or null where some may have been missed because the connection was lost. */
export type LiveListener = (change: LiveChange | null) => void;

const RECONNECT_MS = 2_000;

/**
 * Hears what the database tells on the live channel, by one connection for the whole process, and passes it on to whoever
 * listens. It connects with the first listener, connects again when the connection is lost, and ends with the last listener.
 */
export class LiveHub {
  private readonly listeners = new Set<LiveListener>();
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private connecting: Promise<void> | undefined;

  constructor(private readonly connectionString: string) {}

  /** Resolves once the hub hears; the returned function ends it. */
  async listen(listener: LiveListener): Promise<() => void> {
    this.listeners.add(listener);
    this.connecting ??= this.connect();
    await this.connecting;
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.rest();
    };
  }

  private async connect(): Promise<void> {
    const client = new Client({ connectionString: this.connectionString, application_name: 'airlock live', keepAlive: true });
    this.client = client;
    client.on('notification', ({ payload }) => this.pass(payload));
    client.on('error', () => undefined);
    client.once('end', () => this.lost(client));
    try {
      await client.connect();
      await client.query(`listen ${LIVE_CHANNEL}`);
    } catch (error) {
      log('warn', 'live-connection-failed', { error });
      await client.end().catch(() => undefined);
      this.lost(client);
    }
  }

  private pass(payload: string | undefined): void {
    const parsed = liveChange.safeParse(parseJson(payload));
    if (parsed.success) for (const listener of this.listeners) listener(parsed.data);
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.connecting = undefined;
    if (this.listeners.size === 0 || this.retry) return;
    this.retry = setTimeout(() => {
      this.retry = undefined;
      if (this.listeners.size === 0 || this.connecting) return;
      this.connecting = this.connect();
      void this.connecting.then(() => {
        if (this.client) for (const listener of this.listeners) listener(null);
      });
    }, RECONNECT_MS);
    this.retry.unref();
  }

  private rest(): void {
    const client = this.client;
    clearTimeout(this.retry);
    this.retry = undefined;
    this.client = undefined;
    this.connecting = undefined;
    void client?.end().catch(() => undefined);
  }
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

// Next's development server loads modules anew; one hub per process is kept on globalThis.
const holder = globalThis as typeof globalThis & { airlockLiveHub?: LiveHub };

/** The hub of this process. */
export function getLiveHub(): LiveHub {
  const connectionString = getEnv().DATABASE_URL;
  if (!connectionString) throw new EnvironmentError(['DATABASE_URL is not set.']);
  holder.airlockLiveHub ??= new LiveHub(connectionString);
  return holder.airlockLiveHub;
}
