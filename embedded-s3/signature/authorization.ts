import { S3Error } from '../errors';
import { type RequestHeaders } from '../request-headers';
import { type Query } from '../request-target';
import { ALGORITHM, type CredentialScope } from './canonical-request';

/** What the client claims, read from the header or the query, well-formed but not yet proven. */
export interface Claim {
  source: 'header' | 'query';
  accessKeyId: string;
  scope: CredentialScope;
  signedHeaders: string[];
  signature: string;
  /** yyyymmddThhmmssZ */
  dateTime: string;
  signedAt: Date;
  /** Seconds; for a query only. */
  expiresIn: number | undefined;
}

/** Reads yyyymmddThhmmssZ; undefined when it is not such a date. */
export function parseAmzDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

const formatAmzDate = (date: Date): string => date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');

type Refuse = (message: string, details?: Record<string, string>) => S3Error;

const refuseHeader: Refuse = (message, details) =>
  new S3Error('AuthorizationHeaderMalformed', { message: `The authorization header is malformed; ${message}`, details });
const refuseQuery: Refuse = (message, details) => new S3Error('AuthorizationQueryParametersError', { message, details });

function parseCredential(credential: string, region: string, refuse: Refuse, prefix: string): { accessKeyId: string; scope: CredentialScope } {
  const parts = credential.split('/');
  const [terminal, service, credentialRegion, date] = parts.reverse();
  const accessKeyId = parts.slice(4).reverse().join('/');
  if (parts.length < 5 || accessKeyId === '' || !/^\d{8}$/.test(date ?? '')) {
    throw refuse(`${prefix}the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".`);
  }
  if (terminal !== 'aws4_request') throw refuse(`${prefix}incorrect terminal "${terminal}". This endpoint uses "aws4_request".`);
  if (service !== 's3') throw refuse(`${prefix}incorrect service "${service}". This endpoint belongs to "s3".`);
  if (credentialRegion !== region) throw refuse(`${prefix}the region '${credentialRegion}' is wrong; expecting '${region}'`, { Region: region });
  return { accessKeyId, scope: { date: date!, region, service } };
}

function parseSignedHeaders(text: string, refuse: Refuse): string[] {
  const names = text.split(';');
  if (names.some((name) => !/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) || new Set(names).size !== names.length) throw refuse('the SignedHeaders list is mal-formed.');
  return names;
}

function parseHeaderClaim(authorization: string, headers: RequestHeaders, region: string): Claim {
  if (!authorization.startsWith(`${ALGORITHM} `)) {
    throw new S3Error('InvalidRequest', { message: `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.` });
  }
  const fields = new Map(authorization.slice(ALGORITHM.length).split(',').map((field) => {
    const equals = field.indexOf('=');
    return [field.slice(0, equals).trim(), field.slice(equals + 1).trim()] as const;
  }));
  const [credential, signedHeaders, signature] = ['Credential', 'SignedHeaders', 'Signature'].map((name) => fields.get(name));
  if (!credential || !signedHeaders || !signature) throw refuseHeader('the header must have Credential, SignedHeaders and Signature.');
  const { accessKeyId, scope } = parseCredential(credential, region, refuseHeader, '');
  const amzDate = headers.get('x-amz-date');
  const signedAt = amzDate === undefined ? new Date(headers.get('date') ?? '') : parseAmzDate(amzDate);
  if (signedAt === undefined || Number.isNaN(signedAt.getTime())) {
    throw new S3Error('AccessDenied', { message: 'AWS authentication requires a valid Date or x-amz-date header' });
  }
  const dateTime = formatAmzDate(signedAt);
  if (!dateTime.startsWith(scope.date)) throw refuseHeader(`Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${dateTime.slice(0, 8)}".`);
  return { source: 'header', accessKeyId, scope, signedHeaders: parseSignedHeaders(signedHeaders, refuseHeader), signature, dateTime, signedAt, expiresIn: undefined };
}

function parseExpires(text: string): number {
  if (!/^-?\d+$/.test(text)) throw refuseQuery('X-Amz-Expires should be a number');
  const seconds = Number(text);
  if (seconds < 0) throw refuseQuery('X-Amz-Expires must be non-negative');
  if (seconds === 0) throw refuseQuery('X-Amz-Expires must be at least one second');
  if (seconds > 604_800) throw refuseQuery('X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds');
  return seconds;
}

const QUERY_FIELDS = ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Signature', 'X-Amz-Date', 'X-Amz-SignedHeaders', 'X-Amz-Expires'] as const;

function parseQueryClaim(query: Query, region: string): Claim {
  for (const name of QUERY_FIELDS) {
    const values = query.entries.filter(([key]) => key === name);
    if (values.length !== 1 || values[0]![1] === '') {
      throw refuseQuery('Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.');
    }
  }
  const value = (name: (typeof QUERY_FIELDS)[number]) => query.get(name)!;
  if (value('X-Amz-Algorithm') !== ALGORITHM) throw refuseQuery(`X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const { accessKeyId, scope } = parseCredential(value('X-Amz-Credential'), region, refuseQuery, 'Error parsing the X-Amz-Credential parameter; ');
  const dateTime = value('X-Amz-Date');
  const signedAt = parseAmzDate(dateTime);
  if (signedAt === undefined) throw refuseQuery('X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd\'T\'HHmmss\'Z\'"');
  if (!dateTime.startsWith(scope.date)) throw refuseQuery(`Invalid credential date "${scope.date}". This date is not the same as X-Amz-Date: "${dateTime.slice(0, 8)}".`);
  const expiresIn = parseExpires(value('X-Amz-Expires'));
  return { source: 'query', accessKeyId, scope, signedHeaders: parseSignedHeaders(value('X-Amz-SignedHeaders'), refuseQuery), signature: value('X-Amz-Signature'), dateTime, signedAt, expiresIn };
}

/** Reads the claim of a request; one without any is anonymous and refused, because every bucket here is private. */
export function parseClaim(headers: RequestHeaders, query: Query, region: string): Claim {
  const authorization = headers.get('authorization');
  const inQuery = QUERY_FIELDS.some((name) => query.has(name));
  if (authorization !== undefined && inQuery) {
    throw new S3Error('InvalidArgument', {
      message: 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified',
      details: { ArgumentName: 'Authorization' },
    });
  }
  if (inQuery) return parseQueryClaim(query, region);
  if (authorization === undefined) throw new S3Error('AccessDenied');
  return parseHeaderClaim(authorization, headers, region);
}
