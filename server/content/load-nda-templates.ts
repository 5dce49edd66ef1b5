import { compareVersions, loadFolder } from './load-document';
import { ndaFrontMatter } from './parse-document';
import { type PolicySource } from './load-policies';

export type NdaTemplateSource = PolicySource & {
  /** Whether organisations that signed an earlier version are asked to sign this one. */
  readonly requiresNewSignature: boolean;
};

/** Every version of the NDA template, oldest first (P-NDA). */
export function loadNdaTemplates(root?: string): readonly NdaTemplateSource[] {
  return loadFolder('nda', ndaFrontMatter, root)
    .map(({ name, meta, publishedAt, source, sha256 }) => {
      if (name !== meta.version) throw new Error(`nda/${name}.md says that it is version ${meta.version}.`);
      return { version: meta.version, title: meta.title, summary: meta.summary, publishedAt, sha256, source, requiresNewSignature: meta.requiresNewSignature };
    })
    .sort((a, b) => compareVersions(a.version, b.version));
}
