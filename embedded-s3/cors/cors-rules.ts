import { S3Error } from '../errors';
import { element, S3_NAMESPACE, type XmlNode } from '../xml/write-xml';
import { childrenOf, expectChildren, integerOf, parseXml, type ParsedElement, textOf } from '../xml/parse-xml';

export interface CorsRule {
  id: string | undefined;
  allowedOrigins: string[];
  allowedMethods: string[];
  allowedHeaders: string[];
  exposeHeaders: string[];
  maxAgeSeconds: number | undefined;
}

const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);
const MAX_RULES = 100;

function refuseWildcards(values: string[], what: string): void {
  const twice = values.find((value) => value.split('*').length > 2);
  if (twice !== undefined) throw new S3Error('InvalidRequest', { message: `${what} "${twice}" can not have more than one wildcard.` });
}

function parseRule(rule: ParsedElement): CorsRule {
  expectChildren(rule, ['ID', 'MaxAgeSeconds'], ['AllowedOrigin', 'AllowedMethod', 'AllowedHeader', 'ExposeHeader']);
  const texts = (name: string) => childrenOf(rule, name).map((child) => child.text.trim());
  const parsed: CorsRule = {
    id: textOf(rule, 'ID'),
    allowedOrigins: texts('AllowedOrigin'),
    allowedMethods: texts('AllowedMethod'),
    allowedHeaders: texts('AllowedHeader'),
    exposeHeaders: texts('ExposeHeader'),
    maxAgeSeconds: integerOf(rule, 'MaxAgeSeconds'),
  };
  if (parsed.allowedOrigins.length === 0 || parsed.allowedMethods.length === 0) throw new S3Error('MalformedXML');
  const wrong = parsed.allowedMethods.find((method) => !METHODS.has(method));
  if (wrong !== undefined) throw new S3Error('InvalidRequest', { message: `Found unsupported HTTP method in CORS config. Unsupported method is ${wrong}` });
  refuseWildcards(parsed.allowedOrigins, 'AllowedOrigin');
  refuseWildcards(parsed.allowedHeaders, 'AllowedHeader');
  const exposed = parsed.exposeHeaders.find((header) => header.includes('*'));
  if (exposed !== undefined) throw new S3Error('InvalidRequest', { message: `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.` });
  return parsed;
}

export function parseCorsConfiguration(body: Buffer): CorsRule[] {
  const root = parseXml(body, 'CORSConfiguration');
  expectChildren(root, [], ['CORSRule']);
  const rules = childrenOf(root, 'CORSRule');
  if (rules.length === 0 || rules.length > MAX_RULES) throw new S3Error('MalformedXML');
  return rules.map(parseRule);
}

export function renderCorsConfiguration(rules: readonly CorsRule[]): XmlNode {
  const each = (name: string, values: string[]) => values.map((value) => element(name, value));
  return element(
    'CORSConfiguration',
    rules.map((rule) =>
      element('CORSRule', [
        rule.id !== undefined && element('ID', rule.id),
        ...each('AllowedHeader', rule.allowedHeaders),
        ...each('AllowedMethod', rule.allowedMethods),
        ...each('AllowedOrigin', rule.allowedOrigins),
        ...each('ExposeHeader', rule.exposeHeaders),
        rule.maxAgeSeconds !== undefined && element('MaxAgeSeconds', rule.maxAgeSeconds),
      ]),
    ),
    S3_NAMESPACE,
  );
}
