import { expect, it, vi } from 'vitest';

const written: unknown[][] = [];
vi.mock('../logger', () => ({ log: (...parts: unknown[]) => void written.push(parts) }));

it('lets nothing of what a framework says through but the error, which the log reduces to its class and places', async () => {
  const { keepConsoleOutOfLogs } = await import('./keep-console-out');
  const target = { error: vi.fn(), warn: vi.fn() };
  keepConsoleOutOfLogs(target);
  const error = new Error('canary@example.test');
  target.error('Failed to handle request for /cases?q=canary', error);
  target.warn('canary');
  expect(written).toEqual([['error', 'framework-says', { error }], ['warn', 'framework-says', { error: undefined }]]);
});
