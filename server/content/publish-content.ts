import { publishNdaTemplates } from '../nda/publish-nda-templates';
import { publishPolicyVersions } from '../policy/publish-policy-versions';
import { loadNdaTemplates } from './load-nda-templates';
import { loadPolicies } from './load-policies';

const actor = { kind: 'system', name: 'publish-content' } as const;

/**
 * Publishes the versions of the policy and of the NDA template that `content/` holds and the database does not. Run at each
 * start, in demo and in production: safe to repeat and to run at once. Throws ChangedVersionError where a published text was
 * edited.
 */
export async function publishContent({ now }: { now: Date }): Promise<{ policies: readonly string[]; ndaTemplates: readonly string[] }> {
  const policies = await publishPolicyVersions({ actor, now, policies: loadPolicies() });
  const ndaTemplates = await publishNdaTemplates({ actor, now, templates: loadNdaTemplates() });
  return { policies, ndaTemplates };
}
