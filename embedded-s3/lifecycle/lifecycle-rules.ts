import { randomUUID } from 'node:crypto';
import { S3Error } from '../errors';
import { booleanOf, childOf, childrenOf, expectChildren, integerOf, parseXml, type ParsedElement, textOf } from '../xml/parse-xml';
import { element, S3_NAMESPACE, type XmlNode } from '../xml/write-xml';

export interface LifecycleRule {
  id: string;
  enabled: boolean;
  prefix: string;
  /** How the prefix was written; given back in the same form. */
  prefixForm: 'Filter' | 'EmptyFilter' | 'Prefix';
  expiration: { days: number } | { date: string } | { expiredObjectDeleteMarker: boolean } | undefined;
  noncurrentExpiration: { days: number; newerVersions: number | undefined } | undefined;
  /** Kept and given back; there is never a multipart upload to abort. */
  abortMultipartDays: number | undefined;
}

const malformed = () => new S3Error('MalformedXML');

function positiveDays(parent: ParsedElement, name: string, what: string): number | undefined {
  const days = integerOf(parent, name);
  if (days === 0) throw new S3Error('InvalidArgument', { message: `'${name}' for ${what} action must be a positive integer` });
  return days;
}

function parsePrefix(rule: ParsedElement): Pick<LifecycleRule, 'prefix' | 'prefixForm'> {
  const filter = childOf(rule, 'Filter');
  const legacy = textOf(rule, 'Prefix');
  if ((filter === undefined) === (legacy === undefined)) throw malformed();
  if (filter === undefined) return { prefix: legacy!, prefixForm: 'Prefix' };
  if (filter.children.length === 0) return { prefix: '', prefixForm: 'EmptyFilter' };
  if (filter.children.some(({ name }) => name !== 'Prefix')) throw new S3Error('NotImplemented', { message: 'Lifecycle filters by tag or by size are not implemented; filter by prefix.' });
  expectChildren(filter, ['Prefix']);
  return { prefix: textOf(filter, 'Prefix')!, prefixForm: 'Filter' };
}

function parseExpiration(rule: ParsedElement): LifecycleRule['expiration'] {
  const expiration = childOf(rule, 'Expiration');
  if (expiration === undefined) return undefined;
  expectChildren(expiration, ['Days', 'Date', 'ExpiredObjectDeleteMarker']);
  if (expiration.children.length !== 1) throw malformed();
  const days = positiveDays(expiration, 'Days', 'Expiration');
  if (days !== undefined) return { days };
  const marker = booleanOf(expiration, 'ExpiredObjectDeleteMarker');
  if (marker !== undefined) return { expiredObjectDeleteMarker: marker };
  const date = new Date(textOf(expiration, 'Date')!.trim());
  if (Number.isNaN(date.getTime())) throw malformed();
  if (date.getTime() % 86_400_000 !== 0) throw new S3Error('InvalidArgument', { message: "'Date' must be at midnight GMT" });
  return { date: date.toISOString() };
}

function parseNoncurrent(rule: ParsedElement): LifecycleRule['noncurrentExpiration'] {
  const noncurrent = childOf(rule, 'NoncurrentVersionExpiration');
  if (noncurrent === undefined) return undefined;
  expectChildren(noncurrent, ['NoncurrentDays', 'NewerNoncurrentVersions']);
  const days = positiveDays(noncurrent, 'NoncurrentDays', 'NoncurrentVersionExpiration');
  const newerVersions = positiveDays(noncurrent, 'NewerNoncurrentVersions', 'NoncurrentVersionExpiration');
  if (days === undefined || (newerVersions ?? 0) > 100) throw malformed();
  return { days, newerVersions };
}

function parseAbort(rule: ParsedElement): number | undefined {
  const abort = childOf(rule, 'AbortIncompleteMultipartUpload');
  if (abort === undefined) return undefined;
  expectChildren(abort, ['DaysAfterInitiation']);
  const days = positiveDays(abort, 'DaysAfterInitiation', 'AbortIncompleteMultipartUpload');
  if (days === undefined) throw malformed();
  return days;
}

function parseRule(rule: ParsedElement): LifecycleRule {
  if (rule.children.some(({ name }) => name === 'Transition' || name === 'NoncurrentVersionTransition')) {
    throw new S3Error('NotImplemented', { message: 'Lifecycle transitions are not implemented; this server has one storage class.' });
  }
  expectChildren(rule, ['ID', 'Status', 'Filter', 'Prefix', 'Expiration', 'NoncurrentVersionExpiration', 'AbortIncompleteMultipartUpload']);
  const id = textOf(rule, 'ID') || randomUUID();
  if (id.length > 255) throw new S3Error('InvalidArgument', { message: 'ID length should not exceed allowed limit of 255' });
  const status = textOf(rule, 'Status');
  if (status !== 'Enabled' && status !== 'Disabled') throw malformed();
  const parsed: LifecycleRule = {
    id,
    enabled: status === 'Enabled',
    ...parsePrefix(rule),
    expiration: parseExpiration(rule),
    noncurrentExpiration: parseNoncurrent(rule),
    abortMultipartDays: parseAbort(rule),
  };
  if (parsed.expiration === undefined && parsed.noncurrentExpiration === undefined && parsed.abortMultipartDays === undefined) {
    throw new S3Error('InvalidRequest', { message: 'At least one action needs to be specified in a rule' });
  }
  return parsed;
}

export function parseLifecycleConfiguration(body: Buffer): LifecycleRule[] {
  const root = parseXml(body, 'LifecycleConfiguration');
  expectChildren(root, [], ['Rule']);
  const rules = childrenOf(root, 'Rule').map(parseRule);
  if (rules.length === 0 || rules.length > 1000) throw malformed();
  if (new Set(rules.map(({ id }) => id)).size !== rules.length) throw new S3Error('InvalidArgument', { message: 'Rule ID must be unique. Found same ID for more than one rule' });
  return rules;
}

function renderExpiration(expiration: NonNullable<LifecycleRule['expiration']>): XmlNode {
  if ('days' in expiration) return element('Expiration', [element('Days', expiration.days)]);
  if ('date' in expiration) return element('Expiration', [element('Date', expiration.date)]);
  return element('Expiration', [element('ExpiredObjectDeleteMarker', expiration.expiredObjectDeleteMarker)]);
}

function renderRule(rule: LifecycleRule): XmlNode {
  const { noncurrentExpiration: noncurrent, abortMultipartDays } = rule;
  const prefix = element('Prefix', rule.prefix);
  return element('Rule', [
    element('ID', rule.id),
    rule.prefixForm === 'Prefix' ? prefix : element('Filter', [rule.prefixForm === 'Filter' && prefix]),
    element('Status', rule.enabled ? 'Enabled' : 'Disabled'),
    rule.expiration && renderExpiration(rule.expiration),
    noncurrent &&
      element('NoncurrentVersionExpiration', [
        element('NoncurrentDays', noncurrent.days),
        noncurrent.newerVersions !== undefined && element('NewerNoncurrentVersions', noncurrent.newerVersions),
      ]),
    abortMultipartDays !== undefined && element('AbortIncompleteMultipartUpload', [element('DaysAfterInitiation', abortMultipartDays)]),
  ]);
}

export const renderLifecycleConfiguration = (rules: readonly LifecycleRule[]): XmlNode => element('LifecycleConfiguration', rules.map(renderRule), S3_NAMESPACE);
