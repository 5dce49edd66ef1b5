/** One line of what the server did. It names no key: keys hold file names. */
export interface LogEntry {
  level: 'info' | 'warn' | 'error';
  message: string;
  requestId?: string;
  operation?: string;
  status?: number;
  /** S3's error code. */
  code?: string;
  milliseconds?: number;
}

export interface EmbeddedS3Options {
  /** Made if it is missing, with mode 0700. One server a folder. */
  dataDir: string;
  /** A loopback address; any other is refused. */
  host?: string;
  /** 0 takes a free one. */
  port: number;
  accessKeyId: string;
  secretAccessKey: string;
  region?: string;
  /** Made at the start if they are missing. */
  buckets?: string[];
  now?: () => Date;
  onLog?: (entry: LogEntry) => void;
}

export interface CheckedOptions extends Required<Omit<EmbeddedS3Options, 'buckets'>> {
  buckets: string[];
}

const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1)$/;

/** Fills defaults in. Throws an Error with one sentence a person can act on. */
export function checkOptions(options: EmbeddedS3Options): CheckedOptions {
  const host = options.host === undefined || options.host === 'localhost' ? '127.0.0.1' : options.host;
  if (!LOOPBACK.test(host)) {
    throw new Error(`The embedded storage server is for development only and binds to loopback: use 127.0.0.1, not ${host}. For anything else use Amazon S3.`);
  }
  if (!Number.isInteger(options.port) || options.port < 0 || options.port > 65_535) throw new Error('The port of the storage server must be a whole number from 0 to 65535.');
  if (!/^[\w/+=.-]{3,128}$/.test(options.accessKeyId)) throw new Error('The access key id of the storage server must be 3 to 128 letters, digits or _/+=.- characters.');
  if (options.secretAccessKey.length < 8) throw new Error('The secret access key of the storage server must have at least 8 characters.');
  const region = options.region ?? 'eu-west-1';
  if (!/^[a-z0-9-]{1,32}$/.test(region)) throw new Error('The region of the storage server must be a name such as eu-west-1.');
  return { ...options, host, region, buckets: options.buckets ?? [], now: options.now ?? (() => new Date()), onLog: options.onLog ?? (() => undefined) };
}
