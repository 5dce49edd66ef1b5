import { z } from 'zod';
import { type PolicyStatement } from '@/domain/bucket-checks';

const texts = z.union([z.string(), z.array(z.string())]).transform((value) => (Array.isArray(value) ? value : [value]));
const principal = z.union([z.literal('*').transform((value) => [value]), z.record(z.string(), texts).transform((record) => Object.values(record).flat())]);

/** What IAM's grammar allows and the checks read; what is absent there (NotAction, NotResource, NotPrincipal) denies nothing here. */
const statement = z.object({
  Effect: z.string(),
  Principal: principal.optional(),
  Action: texts.optional(),
  Resource: texts.optional(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});
const policy = z.object({ Statement: z.union([z.array(statement), statement.transform((one) => [one])]).default([]) });

/** The statements of a bucket policy in JSON (IAM policy grammar). Throws where it is none. */
export function parseBucketPolicy(json: string): PolicyStatement[] {
  return policy.parse(JSON.parse(json)).Statement.map(({ Effect, Principal, Action, Resource, Condition }) => ({ effect: Effect, principals: Principal ?? [], actions: Action ?? [], resources: Resource ?? [], condition: Condition ?? {} }));
}
