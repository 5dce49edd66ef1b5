import { LimitedLink } from './limited-link';

/** How a client reaches the storage: straight, or by a link of so many bytes a second. The address stays what was signed. */
export interface Route {
  readonly name: string;
  /** Null on loopback. */
  readonly bytesPerSecond: number | null;
  readonly link: LimitedLink | null;
  readonly connectTo: ReadonlyMap<number, number>;
  readonly curlArguments: readonly string[];
  readonly close: () => Promise<void>;
}

/** @param megabytesPerSecond of uplink; null for loopback */
export async function openRoute(storagePort: number, megabytesPerSecond: number | null): Promise<Route> {
  if (megabytesPerSecond === null) return { name: 'loopback', bytesPerSecond: null, link: null, connectTo: new Map(), curlArguments: [], close: () => Promise.resolve() };
  const bytesPerSecond = megabytesPerSecond * 1e6;
  const link = new LimitedLink(storagePort, bytesPerSecond);
  const port = await link.open();
  return {
    name: `${megabytesPerSecond} MB/s`,
    bytesPerSecond,
    link,
    connectTo: new Map([[storagePort, port]]),
    curlArguments: ['--connect-to', `127.0.0.1:${storagePort}:127.0.0.1:${port}`],
    close: () => link.close(),
  };
}
