import { ENVIRONMENT_VARIABLES, type Environment } from '@/server/env';

type Variables = Readonly<Record<string, string | undefined>>;

/** What a program needs of the system around it; nothing else of the shell's environment reaches the portal's processes. */
const SYSTEM = ['PATH', 'HOME', 'USER', 'LOGNAME', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE'];

/** What the launcher itself started or made for the portal. */
export interface StartedParts {
  databaseUrl: string;
  storage?: { endpoint: string; accessKeyId: string; secretAccessKey: string };
  authSecret?: string;
  receiptKeyFile?: string;
}

/**
 * The whole environment of the web and worker processes: the portal's own variables as `shell` sets them, over them what the
 * launcher started, and a few of the system's. The machine's AWS credentials are passed on only where storage is not embedded.
 */
export function composeEnvironment({ shell, settings, parts, nodeEnv }: { shell: Variables; settings: Environment; parts: StartedParts; nodeEnv: 'production' | 'development' }): Record<string, string> {
  // The owner of the tables is for the launcher alone.
  const given = ENVIRONMENT_VARIABLES.map(({ name }) => name).filter((name) => name !== 'DATABASE_OWNER_URL');
  const aws = parts.storage ? [] : Object.keys(shell).filter((name) => name.startsWith('AWS_'));
  return {
    ...pick(shell, [...SYSTEM, ...aws, ...given]),
    NODE_ENV: nodeEnv,
    NEXT_TELEMETRY_DISABLED: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The SDK would send data to whatever AWS_ENDPOINT_URL or a profile names, past what S3_ENDPOINT is held to (P-TRANSIT, P-REGION).
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
    AIRLOCK_MODE: settings.AIRLOCK_MODE,
    AIRLOCK_HOST: settings.AIRLOCK_HOST,
    AIRLOCK_URL: settings.AIRLOCK_URL,
    AIRLOCK_DATA_DIR: settings.AIRLOCK_DATA_DIR,
    PORT: String(settings.PORT),
    DATABASE_URL: parts.databaseUrl,
    ...(parts.storage ? { S3_ENDPOINT: parts.storage.endpoint, S3_ACCESS_KEY_ID: parts.storage.accessKeyId, S3_SECRET_ACCESS_KEY: parts.storage.secretAccessKey } : {}),
    ...(parts.authSecret ? { AUTH_SECRET: parts.authSecret } : {}),
    ...(parts.receiptKeyFile ? { RECEIPT_KEY_FILE: parts.receiptKeyFile } : {}),
  };
}

/** The environment of tools that need nothing of the portal, such as the build. */
export function toolEnvironment(shell: Variables, more: Record<string, string> = {}): Record<string, string> {
  return { ...pick(shell, SYSTEM), NEXT_TELEMETRY_DISABLED: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...more };
}

/** The named variables that are set to something. */
function pick(from: Variables, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) if (from[name]) picked[name] = from[name];
  return picked;
}
