import { type z } from 'zod';
import { AppError, type FieldIssue } from '@/domain/errors';

const JSON_TYPE = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;

/** Reads at most `maxBytes`, whatever content-length says; ends the stream at the first byte too many. Throws `body_too_large`. */
export async function readCapped(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new AppError('body_too_large');
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      throw new AppError('body_too_large');
    }
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new AppError('body_not_json');
  }
}

/** Zod's issues as fields of a problem document. Names of unknown fields are said, their values never. */
export function fieldIssues(error: z.ZodError): FieldIssue[] {
  return error.issues.slice(0, 50).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 200),
    message: issue.code === 'unrecognized_keys' ? 'There are fields that this call does not know.' : issue.message,
  }));
}

/**
 * The body of a request by its schema. Throws `unsupported_media_type`, `body_too_large`, `body_not_json` or
 * `validation_failed` with the fields that are wrong.
 */
export async function readJsonBody<T extends z.ZodType>(request: Request, schema: T, maxBytes: number): Promise<z.output<T>> {
  if (!JSON_TYPE.test(request.headers.get('content-type') ?? '')) throw new AppError('unsupported_media_type');
  const result = schema.safeParse(parseJson(await readCapped(request, maxBytes)));
  if (!result.success) throw new AppError('validation_failed', { fields: fieldIssues(result.error) });
  return result.data;
}
