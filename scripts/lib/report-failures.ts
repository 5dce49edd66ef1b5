import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';

/** A failure is told by its name and the beginning of what was said; the rest stands further up in the output. */
const LINES_EACH = 12;
const FAILURES_TOLD = 20;

const vitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(''),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).nullish() })),
    }),
  ),
});

const failedAttempt = z.object({ status: z.string().optional(), errors: z.array(z.object({ message: z.string().optional() })).default([]) });
const playwrightSpec = z.object({
  title: z.string(),
  file: z.string(),
  line: z.number(),
  tests: z.array(z.object({ status: z.string(), results: z.array(failedAttempt) })),
});
type PlaywrightSpec = z.infer<typeof playwrightSpec>;
interface PlaywrightSuite {
  specs?: PlaywrightSpec[] | undefined;
  suites?: PlaywrightSuite[] | undefined;
}
const playwrightSuite: z.ZodType<PlaywrightSuite> = z.lazy(() => z.object({ specs: z.array(playwrightSpec).optional(), suites: z.array(playwrightSuite).optional() }));
const playwrightReport = z.object({ suites: z.array(playwrightSuite), errors: z.array(z.object({ message: z.string().optional() })).default([]) });

/**
 * What failed according to a report of vitest or of Playwright (JSON): for each failure the file, the test and the first lines of its
 * error, without colours. Paths are shown from `root`. Anything else has no failures to tell.
 */
export function failuresOf(report: unknown, root: string): string[] {
  const told = vitestFailures(report) ?? playwrightFailures(report) ?? [];
  const more = told.length > FAILURES_TOLD ? [`and ${told.length - FAILURES_TOLD} more`] : [];
  return [...told.slice(0, FAILURES_TOLD).map((failure) => tell(failure, root)), ...more];
}

interface Failure {
  where: string;
  test?: string;
  message: string;
}

function vitestFailures(report: unknown): Failure[] | undefined {
  const parsed = vitestReport.safeParse(report);
  if (!parsed.success) return undefined;
  return parsed.data.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName, failureMessages }) => ({ where: name, test: fullName, message: failureMessages?.[0] ?? '' }));
    // A file that cannot be loaded, or whose hooks fail, fails without a test of it.
    return failed.length === 0 && status === 'failed' ? [{ where: name, message }] : failed;
  });
}

function playwrightFailures(report: unknown): Failure[] | undefined {
  const parsed = playwrightReport.safeParse(report);
  if (!parsed.success) return undefined;
  const specs = parsed.data.suites.flatMap(specsOf);
  const failed = specs.flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => ({
        where: `e2e/${file}:${line}`,
        test: status === 'flaky' ? `${title} (passed at another try)` : title,
        message: results.flatMap(({ errors }) => errors).find(({ message }) => message)?.message ?? '',
      })),
  );
  return [...failed, ...parsed.data.errors.map(({ message }) => ({ where: 'Playwright', message: message ?? '' }))];
}

function specsOf({ specs = [], suites = [] }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(specsOf)];
}

function tell({ where, test, message }: Failure, root: string): string {
  const head = [where, ...(test === undefined ? [] : [test])].join(' > ');
  const said = stripVTControlCharacters(message || 'What went wrong is not in the report: a hook, for instance. It stands further up.').split('\n').filter((line) => line.trim() !== '' && !/^\s+at .*node_modules/.test(line));
  return [head, ...said.slice(0, LINES_EACH).map((line) => `    ${line}`)].join('\n').replaceAll(`${root}/`, '');
}
