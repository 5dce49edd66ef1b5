import { expect, it, vi } from 'vitest';
import OutboxPage from './page';

vi.mock('@/server/env', () => ({ getEnv: () => ({ AIRLOCK_DATA_DIR: '/nowhere', AIRLOCK_URL: 'https://data.example.com' }), isDemo: () => false }));

it('is not there outside demo mode', async () => {
  await expect(OutboxPage()).rejects.toMatchObject({ digest: 'NEXT_HTTP_ERROR_FALLBACK;404' });
});
