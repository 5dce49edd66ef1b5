import { expect } from '@playwright/test';
import { baseUrl } from './environment';

/** Brings a part of the portal under test down or up, by the door that the launcher of the browser tests opened. */
export async function doToPortal(deed: 'portal/crash' | 'storage/crash' | 'storage/start'): Promise<void> {
  const door = process.env.E2E_FAULT_CONTROL;
  if (!door) throw new Error('E2E_FAULT_CONTROL is not set. Run the browser tests by: npm run e2e');
  const answer = await fetch(`${door}/${deed}`, { method: 'POST' });
  if (!answer.ok) throw new Error(`${deed}: ${await answer.text()}`);
}

/** After a crash its launcher brings the portal back; whatever comes next starts from there. */
export async function untilHealthy(): Promise<void> {
  const status = () => fetch(`${baseUrl}/api/health`).then((answer) => answer.status, () => 0);
  await expect.poll(status, { timeout: 60_000 }).toBe(200);
}
