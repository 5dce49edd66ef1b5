import { type Instrumentation } from 'next';

/** Runs once when the web process starts, before its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { refuseOwnerOfTables } = await import('./server/env');
  refuseOwnerOfTables();
  const { markPeerAddresses } = await import('./server/http/peer-address');
  markPeerAddresses();
  if (process.env.NODE_ENV !== 'production') return;
  const { keepConsoleOutOfLogs } = await import('./server/http/keep-console-out');
  keepConsoleOutOfLogs();
  const { keepArchivingLogs } = await import('./server/log/archive-portal-logs');
  keepArchivingLogs();
}

/** Called for each page, action or route handler that threw something nobody caught. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { reportPageError } = await import('./server/http/report-page-error');
  reportPageError(error, request, context);
};
