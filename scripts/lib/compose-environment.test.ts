import { describe, expect, it } from 'vitest';
import { parseEnvironment } from '@/server/env';
import { composeEnvironment, toolEnvironment } from './compose-environment';

const parts = {
  databaseUrl: 'postgresql://airlock:secret@127.0.0.1:5555/airlock',
  storage: { endpoint: 'http://127.0.0.1:9300', accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
  authSecret: 'x'.repeat(64),
  receiptKeyFile: '/srv/airlock/data/secrets/receipt-key.pem',
};
const compose = (shell: Record<string, string>, started: Parameters<typeof composeEnvironment>[0]['parts'] = parts) =>
  composeEnvironment({ shell, settings: parseEnvironment(shell, '/srv/airlock'), parts: started, nodeEnv: 'production' });

describe('the environment of the portal\'s processes', () => {
  it('is complete and parses to the same settings', () => {
    const env = compose({ PORT: '3100', AIRLOCK_DATA_DIR: 'data', VENDOR_NAME: 'Northwind' });
    expect(parseEnvironment(env, '/elsewhere')).toMatchObject({
      PORT: 3100,
      AIRLOCK_URL: 'http://localhost:3100',
      AIRLOCK_DATA_DIR: '/srv/airlock/data',
      DATABASE_URL: parts.databaseUrl,
      S3_ENDPOINT: parts.storage.endpoint,
      AUTH_SECRET: parts.authSecret,
      RECEIPT_KEY_FILE: parts.receiptKeyFile,
      VENDOR_NAME: 'Northwind',
    });
    expect(env).toMatchObject({ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' });
  });

  it('never holds the owner of the database, who is for the launcher alone', () => {
    const env = compose({ DATABASE_URL: 'postgresql://app@db/airlock', DATABASE_OWNER_URL: 'postgresql://owner:secret@db/airlock' });
    expect(JSON.stringify(env)).not.toContain('owner');
  });

  it('holds nothing else of the shell', () => {
    const env = compose({ PATH: '/bin', HOME: '/home/amy', EDITOR: 'vi', GITHUB_TOKEN: 'token', npm_config_registry: 'x', NODE_ENV: 'test' });
    expect(env).toMatchObject({ PATH: '/bin', HOME: '/home/amy', NODE_ENV: 'production' });
    expect(Object.keys(env)).not.toEqual(expect.arrayContaining(['EDITOR']));
    expect(JSON.stringify(env)).not.toContain('token');
  });

  it('gives the machine\'s AWS credentials to a storage of one\'s own, and not to the embedded one', () => {
    const shell = { AWS_PROFILE: 'airlock', AWS_REGION: 'eu-west-1' };
    expect(compose(shell, { databaseUrl: parts.databaseUrl })).toMatchObject(shell);
    expect(compose(shell)).not.toHaveProperty('AWS_PROFILE');
    expect(compose(shell)).toHaveProperty('AWS_REGION', 'eu-west-1');
  });

  it('sends data nowhere but where S3_ENDPOINT or the region says, whatever the machine has set up for other programs', () => {
    const shell = { AWS_ENDPOINT_URL_S3: 'http://elsewhere.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'false' };
    expect(compose(shell, { databaseUrl: parts.databaseUrl })).toHaveProperty('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', 'true');
  });

  it('leaves out what is set to nothing', () => {
    expect(compose({ SMTP_URL: '', VENDOR_ACCENT: '' })).not.toHaveProperty('SMTP_URL');
  });
});

it('the environment of a tool has none of the portal\'s variables', () => {
  expect(toolEnvironment({ PATH: '/bin', DATABASE_URL: 'postgresql://elsewhere/live', AUTH_SECRET: 's' }, { NODE_ENV: 'production' })).toEqual({
    PATH: '/bin',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
});
