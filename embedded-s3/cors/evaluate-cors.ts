import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type CorsRule } from './cors-rules';

const VARY = 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method';
const METHODS = new Set(['GET', 'PUT', 'POST', 'DELETE', 'HEAD']);

/** One `*` stands for any run of characters. */
function matches(pattern: string, text: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === text;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
}

function ruleFor(rules: readonly CorsRule[], origin: string, method: string, requestHeaders: readonly string[]): CorsRule | undefined {
  return rules.find(
    (rule) =>
      rule.allowedOrigins.some((pattern) => matches(pattern, origin)) &&
      rule.allowedMethods.includes(method) &&
      requestHeaders.every((name) => rule.allowedHeaders.some((pattern) => matches(pattern.toLowerCase(), name))),
  );
}

function answerOf(rule: CorsRule, origin: string): Record<string, string> {
  const anyOrigin = rule.allowedOrigins.includes('*');
  return {
    'Access-Control-Allow-Origin': anyOrigin ? '*' : origin,
    'Access-Control-Allow-Methods': rule.allowedMethods.join(', '),
    ...(rule.exposeHeaders.length > 0 && { 'Access-Control-Expose-Headers': rule.exposeHeaders.join(', ') }),
    ...(rule.maxAgeSeconds !== undefined && { 'Access-Control-Max-Age': String(rule.maxAgeSeconds) }),
    ...(!anyOrigin && { 'Access-Control-Allow-Credentials': 'true' }),
    Vary: VARY,
  };
}

/** Headers to add to any answer, an error too: the first rule that fits origin and method. Without one a browser withholds the answer from the page. */
export function corsHeaders(rules: readonly CorsRule[] | undefined, method: string, headers: RequestHeaders): Record<string, string> {
  const origin = headers.get('origin');
  const rule = origin === undefined ? undefined : ruleFor(rules ?? [], origin, method, []);
  return rule === undefined ? {} : answerOf(rule, origin!);
}

/** Answers a preflight as S3 does (Amazon S3, "Using cross-origin resource sharing"): 403 unless a rule fits origin, method and every header. */
export function preflightHeaders(rules: readonly CorsRule[] | undefined, headers: RequestHeaders, resourceType: 'OBJECT' | 'BUCKET'): Record<string, string> {
  const origin = headers.get('origin');
  const method = headers.get('access-control-request-method');
  if (origin === undefined) throw new S3Error('BadRequest', { message: 'Insufficient information. Origin request header needed.' });
  if (method === undefined || !METHODS.has(method)) throw new S3Error('BadRequest', { message: `Invalid Access-Control-Request-Method: ${method ?? 'null'}` });
  const details = { Method: method, ResourceType: resourceType };
  if (rules === undefined) throw new S3Error('AccessForbidden', { message: 'CORSResponse: CORS is not enabled for this bucket.', details });
  const requested = (headers.get('access-control-request-headers') ?? '').split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  const rule = ruleFor(rules, origin, method, requested);
  if (rule === undefined) {
    throw new S3Error('AccessForbidden', {
      message:
        'CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource\'s CORS spec.',
      details,
    });
  }
  return { ...answerOf(rule, origin), ...(requested.length > 0 && { 'Access-Control-Allow-Headers': requested.join(', ') }) };
}
