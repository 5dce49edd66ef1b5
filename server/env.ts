import path from 'node:path';
import { z } from 'zod';

/**
 * The environment, parsed once and refused with a list of what is wrong. The README's table is held to
 * `ENVIRONMENT_VARIABLES` by a test. Nothing else in the portal reads `process.env`.
 */
const url = (what: string) => z.url({ error: `${what} is a URL` });
const port = z.coerce.number({ error: 'a port number' }).int().min(1, { error: 'a port from 1 to 65535' }).max(65535, { error: 'a port from 1 to 65535' });
const optional = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const shape = {
  AIRLOCK_MODE: z.enum(['demo', 'production'], { error: 'demo or production' }).default('demo').describe('`demo` runs with embedded parts and demo accounts; `production` refuses every embedded part.'),
  PORT: port.default(3000).describe('Port of the web portal.'),
  AIRLOCK_HOST: z.string().default('127.0.0.1').describe('Address that the web portal listens on.'),
  AIRLOCK_URL: optional(z.url({ protocol: /^https?$/, error: 'an http:// or https:// address' })).describe('Public address of the portal, as people type it. Default: `http://localhost:PORT`.'),
  TRUSTED_PROXIES: z.coerce.number({ error: 'a whole number' }).int().min(0).max(10, { error: 'a number from 0 to 10' }).default(0).describe('How many proxies of yours stand before the portal and append to X-Forwarded-For. Rate limits count by the address that they saw.'),
  AIRLOCK_DATA_DIR: z.string().min(1).default('.data').describe('Folder of the embedded database, storage, mail, logs and secrets (mode 0700).'),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, { error: 'a postgresql:// URL' })).describe('PostgreSQL 15 or newer. Without it, demo mode starts an embedded one.'),
  DATABASE_OWNER_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, { error: 'a postgresql:// URL' })).describe('The same database as its owner, for migrations alone; web and worker never get it. With it, the role of DATABASE_URL is given the least rights at each start.'),
  S3_ENDPOINT: optional(url('the endpoint')).describe('S3-compatible endpoint. In production leave it empty for Amazon S3. Without it, demo mode starts an embedded one.'),
  S3_BUCKET: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'a bucket name' }).default('airlock-diagnostics').describe('Bucket for diagnostic data.'),
  S3_ACCESS_KEY_ID: optional(z.string()).describe('Access key. In production leave it empty to use the credentials of the machine\'s role.'),
  S3_SECRET_ACCESS_KEY: optional(z.string()).describe('Secret of the access key.'),
  AWS_REGION: z.string().default('eu-west-1').describe('Region. Production refuses any other than `eu-west-1` (P-REGION).'),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, { error: 'an smtp:// or smtps:// URL' })).describe('Mail server. Without it, demo mode writes mail to the outbox at `/dev/outbox`.'),
  MAIL_FROM: z.string().default('Airlock <no-reply@localhost>').describe('Sender of the portal\'s mail.'),
  AUTH_SECRET: optional(z.string()).describe('Secret that signs sessions and pseudonyms: 32 random bytes or more. Made on the first run in demo mode.'),
  RECEIPT_KEY_FILE: optional(z.string()).describe('PEM file of the Ed25519 key that signs receipts. Made on the first run in demo mode, needed in production.'),
  SIGNING_PKCS12_FILE: optional(z.string()).describe('PKCS #12 file of the key and certificate that seal agreements. Demo mode makes a test identity on the first run; production needs one.'),
  SIGNING_PKCS12_PASSWORD_FILE: optional(z.string()).describe('File that holds the password of SIGNING_PKCS12_FILE.'),
  TSA_URL: optional(z.url({ protocol: /^https?$/, error: 'the http:// or https:// address of an RFC 3161 timestamp authority' })).describe('Timestamp authority (RFC 3161) asked at each signature. Without one, or while it does not answer, signatures carry no timestamp.'),
  TSA_PATIENCE_MS: z.coerce.number().int().min(100).max(60_000).default(1_200).describe('Milliseconds that a step with signatures waits for TSA_URL, in all.'),
  OIDC_ISSUER: optional(url('the issuer')).describe('OpenID Connect issuer for staff. Needs the two below.'),
  OIDC_CLIENT_ID: optional(z.string()).describe('Client id at the issuer.'),
  OIDC_CLIENT_SECRET: optional(z.string()).describe('Client secret at the issuer.'),
  VENDOR_NAME: z.string().min(1).max(80).default('Example Software').describe('The vendor\'s name, as it stands in the header, the policy and the NDA.'),
  VENDOR_ADDRESS: z.string().min(1).max(300).default('1 Example Street, Dublin, Ireland').describe('The vendor\'s registered address, as it stands in the NDA.'),
  VENDOR_SUPPORT_EMAIL: z.email({ error: 'an e-mail address' }).default('support@example.com').describe('Where people reach the vendor\'s support.'),
  VENDOR_GOVERNING_LAW: z.string().min(1).max(120).default('the Republic of Ireland').describe('Governing law named in the NDA.'),
  VENDOR_ACCENT: optional(z.string().regex(/^#[0-9a-fA-F]{6}$/, { error: 'a colour such as #0f766e' })).describe('Accent colour. Default: deep teal.'),
  RETENTION_RAW_DAYS: z.coerce.number().int().min(1).max(7, { error: 'at most 7 (P-RAW-7)' }).default(7).describe('Days that raw diagnostic data is kept at most. An administrator can set fewer on the page "Settings" of the desk; more is an extension, with notice (P-RAW-7).'),
  LOG_ARCHIVE_KEY_FILE: optional(z.string()).describe('File of 32 random bytes (`openssl rand -base64 32`). With it, logs that are finished are encrypted, and `npm run logs:decrypt` reads them.'),
  RAW_ACCESS_SECOND_PERSON: z.enum(['on', 'off'], { error: 'on or off' }).default('on').describe('`on`: raw data is reached only after a second person granted it. `off`: a data administrator\'s own request is granted at once; the customer is told all the same.'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('How much the portal logs (P-LOGS).'),
} as const;

const schema = z.object(shape);
type Parsed = z.infer<typeof schema>;

export type Environment = Omit<Parsed, 'AIRLOCK_URL' | 'AIRLOCK_DATA_DIR'> & {
  readonly AIRLOCK_URL: string;
  /** Absolute. */
  readonly AIRLOCK_DATA_DIR: string;
};

/** Name, default and meaning of each variable, for the README and the launcher's help. */
export const ENVIRONMENT_VARIABLES: readonly { name: string; fallback: string; description: string }[] = Object.entries(shape).map(([name, field]) => {
  const parsed = field.safeParse(undefined);
  return { name, fallback: parsed.success && parsed.data !== undefined ? String(parsed.data) : '', description: field.description ?? '' };
});

/** Thrown by `parseEnvironment`; `problems` are complete sentences. */
export class EnvironmentError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The environment is not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);
const MIN_SECRET_CHARACTERS = 32;

/** What production refuses: embedded parts, weak secrets, plain HTTP off loopback, another region (P-TRANSIT, P-REGION). */
function productionProblems(env: Environment): string[] {
  const problems: string[] = [];
  const address = new URL(env.AIRLOCK_URL);
  if (!env.DATABASE_URL) problems.push('DATABASE_URL is needed in production: the embedded database is for demo mode.');
  if (!env.SMTP_URL) problems.push('SMTP_URL is needed in production: the outbox page is for demo mode.');
  if (!env.RECEIPT_KEY_FILE) problems.push('RECEIPT_KEY_FILE is needed in production: name the PEM file of the key that signs receipts.');
  if (!env.SIGNING_PKCS12_FILE) problems.push('SIGNING_PKCS12_FILE is needed in production: name the PKCS #12 file of the certificate that seals agreements.');
  if (env.AWS_REGION !== 'eu-west-1') problems.push(`AWS_REGION is ${env.AWS_REGION}; diagnostic data is received, stored and processed in eu-west-1 only.`);
  if (address.protocol !== 'https:' && !LOOPBACK.has(address.hostname)) problems.push('AIRLOCK_URL has to be an https:// address.');
  if (address.protocol !== 'https:' && !LOOPBACK.has(env.AIRLOCK_HOST)) problems.push('AIRLOCK_HOST is reached from other machines, so AIRLOCK_URL has to be an https:// address, of the proxy that ends TLS before the portal.');
  // Whoever can change what the issuer says is any member of staff.
  if (env.OIDC_ISSUER && new URL(env.OIDC_ISSUER).protocol !== 'https:') problems.push('OIDC_ISSUER has to be an https:// address.');
  if (env.S3_ENDPOINT) {
    const endpoint = new URL(env.S3_ENDPOINT);
    if (endpoint.protocol !== 'https:') problems.push('S3_ENDPOINT has to be an https:// address; leave it empty for Amazon S3.');
    if (LOOPBACK.has(endpoint.hostname)) problems.push('S3_ENDPOINT is on loopback: the embedded storage is for demo mode.');
  }
  if (!env.AUTH_SECRET || weakSecret(env.AUTH_SECRET)) problems.push('AUTH_SECRET is missing or weak: set at least 32 random characters, such as `openssl rand -base64 48` makes.');
  return problems;
}

/** Demo mode signs anybody in as an administrator by one click and shows everybody's mail: it stays on this machine. */
function demoProblems(env: Environment): string[] {
  const problems: string[] = [];
  if (!LOOPBACK.has(env.AIRLOCK_HOST)) problems.push('AIRLOCK_HOST opens the portal to other machines, which demo mode refuses: its accounts need no password. Set AIRLOCK_MODE=production, or leave AIRLOCK_HOST out.');
  if (env.AUTH_SECRET && env.AUTH_SECRET.length < MIN_SECRET_CHARACTERS) problems.push('AUTH_SECRET has to have at least 32 characters.');
  return problems;
}

/** Too short, or too few different characters to be random. */
function weakSecret(secret: string): boolean {
  return secret.length < MIN_SECRET_CHARACTERS || new Set(secret).size < 12;
}

/**
 * Parses raw variables. Throws EnvironmentError with every problem at once. An empty string counts as not set.
 * `AIRLOCK_DATA_DIR` comes out absolute (relative to `cwd`), `AIRLOCK_URL` without a trailing slash.
 */
export function parseEnvironment(raw: Readonly<Record<string, string | undefined>>, cwd: string = process.cwd()): Environment {
  const given = Object.fromEntries(Object.keys(shape).map((name) => [name, raw[name] === '' ? undefined : raw[name]]));
  const result = schema.safeParse(given);
  if (!result.success) {
    throw new EnvironmentError(result.error.issues.map((issue) => `${issue.path.join('.')} is not right: ${issue.message}.`));
  }
  const parsed = result.data;
  const env: Environment = {
    ...parsed,
    AIRLOCK_URL: (parsed.AIRLOCK_URL ?? `http://localhost:${parsed.PORT}`).replace(/\/+$/, ''),
    AIRLOCK_DATA_DIR: path.resolve(cwd, parsed.AIRLOCK_DATA_DIR),
  };
  const problems = env.AIRLOCK_MODE === 'production' ? productionProblems(env) : demoProblems(env);
  // Links, cookies and the origin of forms are made from it, and the portal lives at the root of its host.
  if (new URL(env.AIRLOCK_URL).href !== `${new URL(env.AIRLOCK_URL).origin}/`) problems.push('AIRLOCK_URL has to be scheme, host and port alone, such as https://data.example.com: the portal has a host of its own.');
  const oidc = [env.OIDC_ISSUER, env.OIDC_CLIENT_ID, env.OIDC_CLIENT_SECRET].filter(Boolean).length;
  if (oidc !== 0 && oidc !== 3) problems.push('OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET belong together: set all three or none.');
  if (problems.length > 0) throw new EnvironmentError(problems);
  return env;
}

let cached: Environment | undefined;

/** The environment of this process, parsed at the first call. */
export function getEnv(): Environment {
  cached ??= parseEnvironment(process.env);
  return cached;
}

/**
 * For web and worker, first of all: refuses to run beside the key to the owner of the tables, who can change the audit log. The launcher keeps it from them; whoever starts
 * them otherwise has to do so too. Throws EnvironmentError.
 */
export function refuseOwnerOfTables(env: Environment = getEnv()): void {
  if (env.DATABASE_OWNER_URL) throw new EnvironmentError(['DATABASE_OWNER_URL is for the launcher alone: start web and worker without it.']);
}

/** AUTH_SECRET, or a clear error where the process was started without the launcher. */
export function getAuthSecret(): string {
  const secret = getEnv().AUTH_SECRET;
  if (!secret) throw new EnvironmentError(['AUTH_SECRET is not set. `npm start` makes one in demo mode.']);
  return secret;
}

/** True outside production: the outbox page and the demo accounts exist. */
export function isDemo(): boolean {
  return getEnv().AIRLOCK_MODE === 'demo';
}

/** True where the storage is on this machine, as the embedded one of demo mode is; production refuses that. */
export function isStorageHere(): boolean {
  const { S3_ENDPOINT } = getEnv();
  return S3_ENDPOINT !== undefined && LOOPBACK.has(new URL(S3_ENDPOINT).hostname);
}

/** next-auth reads its own address from the environment and nowhere else. */
export function tellNextAuthItsAddress(): void {
  process.env.NEXTAUTH_URL = getEnv().AIRLOCK_URL;
}
