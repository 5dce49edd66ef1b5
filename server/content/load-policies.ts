import { compareVersions, loadFolder } from './load-document';
import { policyFrontMatter } from './parse-document';

export type PolicySource = {
  readonly version: string;
  readonly title: string;
  readonly summary: string;
  readonly publishedAt: Date;
  /** SHA-256 of `source`, lower-case hex. */
  readonly sha256: string;
  /** The whole file, front matter included, LF line ends. */
  readonly source: string;
};

/** Every version of the Diagnostic Data Policy, oldest first. The last one is the one to put in force. */
export function loadPolicies(root?: string): readonly PolicySource[] {
  return loadFolder('policy', policyFrontMatter, root)
    .map(({ name, meta, publishedAt, source, sha256 }) => {
      if (name !== meta.version) throw new Error(`policy/${name}.md says that it is version ${meta.version}.`);
      return { version: meta.version, title: meta.title, summary: meta.summary, publishedAt, sha256, source };
    })
    .sort((a, b) => compareVersions(a.version, b.version));
}
