import { describe, expect, it } from 'vitest';
import { closingLine, countReport, countStep, sumCounts } from './count-tests';

describe('a report', () => {
  it('of vitest is counted by its tests', () => {
    expect(countReport({ numTotalTests: 9, numPassedTests: 7, numFailedTests: 2, testResults: [] })).toEqual({ passed: 7, failed: 2 });
  });

  it('of Playwright counts what passed only at a second try as failed', () => {
    expect(countReport({ stats: { expected: 5, unexpected: 1, flaky: 2, skipped: 0 } })).toEqual({ passed: 5, failed: 3 });
  });

  it.each([undefined, null, {}, { numPassedTests: '7' }, { numPassedTests: -1, numFailedTests: 0 }])('that is none is not counted: %j', (report) => {
    expect(countReport(report)).toBeUndefined();
  });
});

describe('a step', () => {
  it.each([
    ['without a report is one test', { ok: true }, { passed: 1, failed: 0 }],
    ['without a report that ends with an error is one failure', { ok: false }, { passed: 0, failed: 1 }],
    ['counts what its report says', { ok: true, report: { passed: 8, failed: 0 } }, { passed: 8, failed: 0 }],
    ['keeps the failures of its report', { ok: false, report: { passed: 8, failed: 3 } }, { passed: 8, failed: 3 }],
    ['that ends with an error though no test failed has one failure', { ok: false, report: { passed: 8, failed: 0 } }, { passed: 8, failed: 1 }],
    ['that ran no test has one failure', { ok: true, report: { passed: 0, failed: 0 } }, { passed: 0, failed: 1 }],
    ['whose report is missing has one failure', { ok: true, report: 'missing' as const }, { passed: 0, failed: 1 }],
  ])('%s', (_, step, count) => {
    expect(countStep(step)).toEqual(count);
  });
});

it('the closing line sums all steps', () => {
  expect(closingLine(sumCounts([{ passed: 1, failed: 0 }, { passed: 20, failed: 2 }]))).toBe('21 passed, 2 failed');
  expect(closingLine(sumCounts([]))).toBe('0 passed, 0 failed');
});
