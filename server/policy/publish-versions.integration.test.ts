import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { getDb } from '../db';
import { publishNdaTemplates } from '../nda/publish-nda-templates';
import { getPolicyInForce } from './get-policy-in-force';
import { publishPolicyVersions } from './publish-policy-versions';

const actor = { kind: 'system', name: 'publish-content' } as const;
const now = new Date('2026-11-27T10:00:00.000Z');
const tomorrow = new Date('2026-11-28T00:00:00.000Z');
const text = (version: string, publishedAt: Date, source = `Text of ${version}`) => ({ version, title: 'Policy', summary: 'What happens.', source, publishedAt, sha256: createHash('sha256').update(source).digest('hex') });

describe('publishing versions', () => {
  it('puts the first version in force at once, even where its date lies ahead, and keeps the dates of later ones', async () => {
    const policies = [text('1.0', tomorrow), text('2.0', new Date('2026-12-24T00:00:00Z'))];
    expect(await publishPolicyVersions({ actor, now, policies })).toEqual(['1.0', '2.0']);
    expect(await getPolicyInForce({ now })).toMatchObject({ version: '1.0', publishedAt: now.toISOString(), source: 'Text of 1.0' });
    expect(await getPolicyInForce({ now: new Date('2026-12-24T00:00:00Z') })).toMatchObject({ version: '2.0' });
    expect(await getPolicyInForce({ now: new Date('2026-11-01T00:00:00Z') })).toBeNull();
  });

  it('publishes each version once, also when two processes start at once', async () => {
    const policies = [text('1.0', tomorrow), text('2.0', new Date('2026-12-24T00:00:00Z')), text('2.1', tomorrow)];
    const published = await Promise.all([publishPolicyVersions({ actor, now, policies }), publishPolicyVersions({ actor, now, policies })]);
    expect(published.flat()).toEqual(['2.1']);
    expect(await getDb().auditEvent.count({ where: { type: 'policy.published' } })).toBe(3);
  });

  it('refuses a text that differs from the published version, and then publishes nothing', async () => {
    const policies = [text('1.0', tomorrow, 'edited'), text('3.0', tomorrow)];
    await expect(publishPolicyVersions({ actor, now, policies })).rejects.toThrow(/content\/policy\/1\.0\.md is not the text that was published as version 1\.0/);
    expect(await getDb().policyVersion.count({ where: { version: '3.0' } })).toBe(0);
  });

  it('does the same for the NDA template', async () => {
    const template = { ...text('1.0', tomorrow), requiresNewSignature: false };
    expect(await publishNdaTemplates({ actor, now, templates: [template] })).toEqual(['1.0']);
    expect(await publishNdaTemplates({ actor, now, templates: [template] })).toEqual([]);
    await expect(publishNdaTemplates({ actor, now, templates: [{ ...template, sha256: '0'.repeat(64) }] })).rejects.toThrow(/content\/nda\/1\.0\.md/);
    expect(await getDb().ndaTemplate.findMany()).toMatchObject([{ version: '1.0', publishedAt: now }]);
  });

  it('leaves published versions to nobody: the database refuses to change them', async () => {
    await expect(getDb().policyVersion.updateMany({ data: { title: 'x' } })).rejects.toThrow();
    await expect(getDb().ndaTemplate.deleteMany()).rejects.toThrow();
  });
});
