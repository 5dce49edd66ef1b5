import { z } from 'zod';
import { lineOfText, paragraphOfText } from './text';

export const SEVERITIES = ['critical', 'high', 'normal', 'low'] as const;
export type Severity = (typeof SEVERITIES)[number];
export const SEVERITY_LABELS: Readonly<Record<Severity, string>> = {
  critical: 'Critical: production is down',
  high: 'High: production is impaired',
  normal: 'Normal: something is wrong, work goes on',
  low: 'Low: a question',
};

/** The same in one word, for tables. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = { critical: 'Critical', high: 'High', normal: 'Normal', low: 'Low' };

export const CASE_ENVIRONMENTS = ['production', 'staging', 'test', 'development'] as const;
export type CaseEnvironment = (typeof CASE_ENVIRONMENTS)[number];
export const CASE_ENVIRONMENT_LABELS: Readonly<Record<CaseEnvironment, string>> = {
  production: 'Production',
  staging: 'Staging',
  test: 'Test',
  development: 'Development',
};

/** What a customer fills in to open a case. */
export const openCaseInput = z.strictObject({
  title: lineOfText(120, 'a title'),
  product: lineOfText(80, 'the product'),
  productVersion: lineOfText(40, 'the version'),
  environment: z.enum(CASE_ENVIRONMENTS, { error: 'Choose the environment.' }),
  severity: z.enum(SEVERITIES, { error: 'Choose how severe it is.' }),
  description: paragraphOfText(5000, 'what happened'),
  /** Made by the form once, so that sending it twice opens one case. */
  idempotencyKey: z.uuid().optional(),
});
