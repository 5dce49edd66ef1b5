import { expect, it } from 'vitest';
import { allowedFields } from '../logger';
import { pageErrorFields } from './report-page-error';

const request = { path: '/cases/AL-7K3M-Q2ZD?name=ada@example.com', method: 'GET', headers: { cookie: 'secret' } };

it('logs an error page by the reference that it shows, and nothing of the address or the message', () => {
  const error = Object.assign(new Error('no such user ada@example.com'), { digest: '1234567' });
  const line = allowedFields(pageErrorFields(error, request, { routePath: '/cases/[reference]' }));
  expect(line).toMatchObject({ reference: '1234567', method: 'GET', route: '/cases/[reference]', status: 500, errorName: 'Error' });
  expect(JSON.stringify(line)).not.toMatch(/ada|secret|Q2ZD/);
});

it('takes whatever was thrown', () => {
  expect(allowedFields(pageErrorFields('text', request, { routePath: '/' }))).toEqual({ method: 'GET', route: '/', status: 500 });
});
