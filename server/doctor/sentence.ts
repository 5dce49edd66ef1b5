import { EnvironmentError } from '../env';

/** What went wrong, by its code: messages of drivers and servers may hold addresses and accounts. What is wrong with the environment says so itself. */
export function sentence(error: unknown): string {
  if (error instanceof EnvironmentError) return error.problems.join(' ');
  const innermost = innermostOf(error);
  const code = innermost instanceof Error && 'code' in innermost && typeof innermost.code === 'string' ? innermost.code : innermost instanceof Error ? innermost.name : 'unknown';
  return `It did not answer as it should (${code.replace(/[^\w.-]/g, '').slice(0, 60)}).`;
}

/** What happened first: "fetch failed" and the portal's own errors say it by their cause. */
function innermostOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? innermostOf(error.cause) : error;
}
