import { type DiffLine } from '@/domain/line-diff';

/** Only what changed. Words stand beside the colours. */
export function TemplateDifference({ lines }: { readonly lines: readonly DiffLine[] }) {
  const changed = lines.filter(({ kind }) => kind !== 'same');
  if (changed.length === 0) return <p>The two texts are the same.</p>;
  return (
    <ol className="space-y-1 text-sm">
      {changed.map(({ kind, text }, at) => (
        <li key={at} className={kind === 'added' ? 'rounded bg-success-tint px-2 py-1 break-words' : 'rounded bg-danger-tint px-2 py-1 break-words'}>
          <span className="font-medium">{kind === 'added' ? 'Added: ' : 'Removed: '}</span>
          {text === '' ? <span className="text-muted">an empty line</span> : text}
        </li>
      ))}
    </ol>
  );
}
