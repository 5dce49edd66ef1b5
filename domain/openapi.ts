import { z } from 'zod';
import { problem } from './contracts';
import { ERROR_CATALOGUE, type ErrorCode } from './errors';
import { API_OPERATIONS, type ApiOperation, COMMON_ERRORS } from './openapi-operations';

type Json = Readonly<Record<string, unknown>>;

/** A Zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 uses; without the member that only a document of its own has. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}

const PARAMETERS: Readonly<Record<string, Json>> = {
  reference: { name: 'reference', in: 'path', required: true, description: 'The reference of the case, such as AL-7K3M-Q2ZD.', schema: { type: 'string' } },
  fileId: { name: 'fileId', in: 'path', required: true, description: 'The id that reserving the file answered with.', schema: { type: 'string', format: 'uuid' } },
};

function parametersOf({ path, query = [] }: ApiOperation): Json[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => {
    const parameter = PARAMETERS[name ?? ''];
    return parameter ? [parameter] : [];
  });
  return [...inPath, ...query.map(({ name, description, values }) => ({ name, in: 'query', required: false, description, schema: { type: 'string', enum: values } }))];
}

/** Problem answers by status, each naming the codes that it can carry. */
function problemsOf(operation: ApiOperation): Json {
  const codes = [...new Set<ErrorCode>([...operation.errors, ...(operation.auth === 'public' ? ['internal' as const] : COMMON_ERRORS)])];
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(ERROR_CATALOGUE[code].status, [...(byStatus.get(ERROR_CATALOGUE[code].status) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, named]) => [
      String(status),
      { description: named.map((code) => `\`${code}\`: ${ERROR_CATALOGUE[code].title}.`).join(' '), content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  );
}

/** Any one of what is named. */
const SECURITY: Readonly<Record<ApiOperation['auth'], readonly Json[]>> = {
  public: [],
  upload_key: [{ uploadKey: [] }],
  session_or_upload_key: [{ session: [] }, { uploadKey: [] }],
};

function operationOf(operation: ApiOperation): Json {
  const { success, request } = operation;
  return {
    operationId: operation.id,
    summary: operation.summary,
    security: SECURITY[operation.auth],
    parameters: parametersOf(operation),
    ...(request ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(request, 'input') } } } } : {}),
    responses: {
      ...problemsOf(operation),
      [String(success.status)]: { description: success.description, ...(success.schema ? { content: { 'application/json': { schema: schemaOf(success.schema, 'output') } } } : {}) },
    },
  };
}

/** The OpenAPI 3.1 document of the HTTP contract, made from the same schemas that the routes parse with. */
export function openApiDocument({ version, portalUrl }: { readonly version: string; readonly portalUrl: string }): Json {
  const paths: Record<string, Json> = {};
  for (const operation of API_OPERATIONS) paths[operation.path] = { ...paths[operation.path], [operation.method]: operationOf(operation) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Airlock',
      version,
      description: 'Sending diagnostic files for a support case, by browser or by script. Every POST is safe to repeat. Errors are problem documents (RFC 9457) with a stable `code`.',
    },
    servers: [{ url: portalUrl }],
    paths,
    components: {
      schemas: { Problem: schemaOf(problem, 'output') },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-airlock.session', description: 'The session of a browser that is signed in. Requests that change something have to come from the portal\'s own pages.' },
        uploadKey: { type: 'http', scheme: 'bearer', description: 'An upload key: bound to one case and made on its page, for 72 hours. It can send files to the case, go on with unfinished ones, and nothing else.' },
      },
    },
  };
}
