/** Runs once when the web process starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { markPeerAddresses } = await import('./server/http/peer-address');
  markPeerAddresses();
}
