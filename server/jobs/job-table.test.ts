import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { JOB_PAYLOADS, type JobName } from './job-table';

type Member = { readonly type?: string; readonly format?: string; readonly enum?: readonly unknown[] };

describe('the payload of a job', () => {
  it.each(Object.keys(JOB_PAYLOADS) as JobName[])('of %s is ids, numbers and words of our own, so that nothing of a person waits in the queue (P-LOGS)', (name) => {
    const { properties = {}, additionalProperties } = z.toJSONSchema(JOB_PAYLOADS[name], { io: 'input' }) as { properties?: Record<string, Member>; additionalProperties?: boolean };
    expect(additionalProperties).toBe(false);
    for (const member of Object.values(properties)) {
      expect(member.format === 'uuid' || member.enum !== undefined || member.type === 'integer' || member.type === 'boolean').toBe(true);
    }
  });
});
