import { describe, expect, it } from 'vitest';
import { failuresOf } from './report-failures';

describe('what a report says has failed', () => {
  it('is each failed test of vitest by its file and name, with the first lines of its error', () => {
    const report = {
      testResults: [
        { name: '/repo/a.test.ts', status: 'failed', message: '', assertionResults: [{ fullName: 'a thing holds', status: 'failed', failureMessages: [`\u001b[31mAssertionError: expected 1\u001b[39m\n    at /repo/a.test.ts:3:1\n    at run (file:///repo/node_modules/runner.js:1:1)`] }, { fullName: 'another', status: 'passed', failureMessages: [] }] },
        { name: '/repo/b.test.ts', status: 'passed', message: '', assertionResults: [{ fullName: 'fine', status: 'passed', failureMessages: [] }] },
      ],
    };
    expect(failuresOf(report, '/repo')).toEqual(['a.test.ts > a thing holds\n    AssertionError: expected 1\n        at a.test.ts:3:1']);
  });

  it('is a file of vitest that could not be loaded', () => {
    expect(failuresOf({ testResults: [{ name: '/repo/a.test.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] }] }, '/repo')).toEqual(['a.test.ts\n    Cannot find module']);
  });

  it('is a file of vitest that failed by a hook, of which the report says nothing', () => {
    const report = { testResults: [{ name: '/repo/a.test.ts', status: 'failed', message: '', assertionResults: [{ fullName: 'never ran', status: 'skipped', failureMessages: [] }] }] };
    expect(failuresOf(report, '/repo')).toEqual(['a.test.ts\n    What went wrong is not in the report: a hook, for instance. It stands further up.']);
  });

  it('is each test of Playwright that failed at any try, however deep it lies, and what no test is to blame for', () => {
    const test = (status: string, message?: string) => ({ status, results: [{ status: 'failed', errors: message ? [{ message }] : [] }] });
    const report = {
      suites: [
        { specs: [], suites: [{ specs: [{ title: 'signs', file: 'nda.spec.ts', line: 7, tests: [test('unexpected', 'Timed out')] }] }] },
        { specs: [{ title: 'sends', file: 'send.spec.ts', line: 9, tests: [test('flaky', 'Once')] }, { title: 'is fine', file: 'x.spec.ts', line: 1, tests: [test('expected')] }] },
      ],
      errors: [{ message: 'The teardown failed' }],
    };
    expect(failuresOf(report, '/repo')).toEqual(['e2e/nda.spec.ts:7 > signs\n    Timed out', 'e2e/send.spec.ts:9 > sends (passed at another try)\n    Once', 'Playwright\n    The teardown failed']);
  });

  it('is told in part where it is long', () => {
    const failed = (fullName: string) => ({ fullName, status: 'failed', failureMessages: [Array.from({ length: 50 }, (_, i) => `line ${i}`).join('\n')] });
    const told = failuresOf({ testResults: [{ name: 'a.test.ts', status: 'failed', message: '', assertionResults: Array.from({ length: 25 }, (_, i) => failed(`test ${i}`)) }] }, '/repo');
    expect(told).toHaveLength(21);
    expect(told[0]?.split('\n')).toHaveLength(13);
    expect(told.at(-1)).toBe('and 5 more');
  });

  it.each([undefined, null, {}, { testResults: 3 }, []])('is nothing for what is no report: %j', (report) => {
    expect(failuresOf(report, '/repo')).toEqual([]);
  });
});
