import { z } from 'zod';

export interface Count {
  passed: number;
  failed: number;
}

const vitestReport = z.object({ numPassedTests: z.int().min(0), numFailedTests: z.int().min(0) });
const playwrightReport = z.object({ stats: z.object({ expected: z.int().min(0), unexpected: z.int().min(0), flaky: z.int().min(0) }) });

/** What a report of vitest or of Playwright (JSON) says; undefined for anything else. A flaky test failed once, so it failed. */
export function countReport(report: unknown): Count | undefined {
  const vitest = vitestReport.safeParse(report);
  if (vitest.success) return { passed: vitest.data.numPassedTests, failed: vitest.data.numFailedTests };
  const playwright = playwrightReport.safeParse(report);
  if (!playwright.success) return undefined;
  const { expected, unexpected, flaky } = playwright.data.stats;
  return { passed: expected, failed: unexpected + flaky };
}

/**
 * The count of one step. A step without a report counts as one test. A step that ended with an error though no test failed, or
 * that ran no test at all, has one failure: what did not run has not passed.
 */
export function countStep({ ok, report }: { ok: boolean; report?: Count | 'missing' }): Count {
  if (report === undefined) return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const { passed, failed } = report === 'missing' ? { passed: 0, failed: 0 } : report;
  if (failed > 0) return { passed, failed };
  return { passed, failed: ok && passed > 0 ? 0 : 1 };
}

/** The sum over all steps. */
export function sumCounts(counts: readonly Count[]): Count {
  return counts.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), { passed: 0, failed: 0 });
}

/** The last line of a test run. */
export function closingLine({ passed, failed }: Count): string {
  return `${passed} passed, ${failed} failed`;
}
