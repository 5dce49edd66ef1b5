import { expect, it } from 'vitest';
import { bucketPolicy, corsRules, lifecycleRules } from './bucket-settings';

it('lets only the portal PUT, under both of its names on loopback', () => {
  expect(corsRules('https://data.example.com/').map(({ AllowedOrigins }) => AllowedOrigins)).toEqual([['https://data.example.com']]);
  expect(corsRules('http://localhost:3000')[0]?.AllowedOrigins).toEqual(['http://localhost:3000', 'http://127.0.0.1:3000']);
  expect(corsRules('https://data.example.com')[0]?.AllowedMethods).toEqual(['PUT']);
});

it('deletes one day after the latest date that an extended file can have', () => {
  expect(lifecycleRules(7)[0]).toMatchObject({ Expiration: { Days: 22 }, NoncurrentVersionExpiration: { NoncurrentDays: 1 } });
});

it('refuses plain HTTP and other encryption', () => {
  const { Statement } = JSON.parse(bucketPolicy('b')) as { Statement: { Effect: string; Condition: object }[] };
  expect(Statement.every(({ Effect }) => Effect === 'Deny')).toBe(true);
  expect(Statement.map(({ Condition }) => Condition)).toEqual([{ Bool: { 'aws:SecureTransport': 'false' } }, { StringNotEquals: { 's3:x-amz-server-side-encryption': 'AES256' } }]);
});
