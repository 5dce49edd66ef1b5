import { isPromiseId } from '@/domain/promises';
import { Alert } from '../ui/alert';
import { DateTime } from '../ui/date-time';
import { DescriptionList } from '../ui/description-list';
import { EvidenceSummary, type EvidenceSummaryProps } from './evidence-summary';
import { OnThisPage, type PageHeadingLink } from './on-this-page';
import { PromiseEvidence } from './promise-evidence';
import { Prose } from './prose';

export type PolicyTextProps = {
  readonly policy: { readonly version: string; readonly sha256: string; readonly publishedAt: string };
  readonly isInForce: boolean;
  /** The text, cut at its top-level blocks (server/content/render-markdown.ts). */
  readonly blocks: readonly PolicyBlock[];
  readonly headings: readonly PageHeadingLink[];
  /** What is shown under each promise, for the version in force. */
  readonly evidence?: EvidenceSummaryProps;
};

type PolicyBlock = { readonly html: string; readonly promises: readonly string[] };

/** One version of the policy with what identifies it. Each promise in it carries its id as `data-promise`. */
export function PolicyText({ policy, isInForce, blocks, headings, evidence }: PolicyTextProps) {
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
      {evidence ? <EvidenceSummary {...evidence} /> : null}
      {evidence ? <TextWithEvidence blocks={blocks} promises={evidence.promises} /> : <Prose html={blocks.map(({ html }) => html).join('')} />}
    </div>
  );
}

/** The text in one column, interrupted under each block that makes promises. */
function TextWithEvidence({ blocks, promises }: { readonly blocks: readonly PolicyBlock[]; readonly promises: EvidenceSummaryProps['promises'] }) {
  return (
    <div className="space-y-4">
      {blocks.map((block, at) => (
        <div key={at}>
          <Prose html={block.html} />
          {block.promises.filter(isPromiseId).map((id) => (
            <PromiseEvidence key={id} id={id} evidence={promises[id]} />
          ))}
        </div>
      ))}
    </div>
  );
}
