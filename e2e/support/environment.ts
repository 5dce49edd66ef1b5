/** What the browser step of `npm test` hands over: the address of a running portal in demo mode, its database and its secrets. */
function needed(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set. Run the browser tests by: npm run e2e`);
  return value;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The portal's address, without a trailing slash. */
export const baseUrl = needed('E2E_BASE_URL');

for (const [what, address] of [['portal', baseUrl], ['database', needed('DATABASE_URL')], ['storage', needed('S3_ENDPOINT')]] as const) {
  if (!loopback.has(new URL(address).hostname)) throw new Error(`The browser tests write into the ${what} and refuse one that is not on this machine.`);
}
