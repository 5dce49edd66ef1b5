import { Alert } from '../ui/alert';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { OnThisPage, type PageHeadingLink } from './on-this-page';
import { Prose } from './prose';

export type PolicyTextProps = {
  readonly policy: { readonly version: string; readonly sha256: string; readonly publishedAt: string };
  readonly isInForce: boolean;
  readonly html: string;
  readonly headings: readonly PageHeadingLink[];
};

/** One version of the policy with what identifies it. Each promise in it carries its id as `data-promise`. */
export function PolicyText({ policy, isInForce, html, headings }: PolicyTextProps) {
  return (
    <div className="space-y-6">
      {isInForce ? null : (
        <Alert tone="warning" title="This version is not in force any more">
          Files that were sent while it was in force are handled as it says.
        </Alert>
      )}
      <DescriptionList
        items={[
          { term: 'Version', details: policy.version },
          { term: isInForce ? 'In force since' : 'Published', details: <DateTime iso={policy.publishedAt} /> },
          { term: 'SHA-256', details: <code className="font-mono text-[0.8125rem] break-all">{policy.sha256}</code> },
        ]}
      />
      <OnThisPage headings={headings} />
      <Prose html={html} />
    </div>
  );
}
