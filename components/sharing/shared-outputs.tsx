import { type SharedOutput } from '@/domain/shared';
import { DateTime } from '../ui/date-time';

/** Results, each as plain text: what came out of a file is never markup of ours. */
export function SharedOutputs({ outputs, none }: { readonly outputs: readonly SharedOutput[]; readonly none: string }) {
  if (outputs.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <div className="space-y-6">
      {outputs.map((output) => (
        <article key={output.id} aria-labelledby={`output-${output.id}`}>
          <h3 id={`output-${output.id}`} className="font-medium break-words" dir="auto">
            {output.title === '' ? 'Result' : output.title}
          </h3>
          <p className="text-sm text-muted">
            Made <DateTime iso={output.createdAt} />, erased on <DateTime iso={output.dueAt} /> at the latest
          </p>
          <pre className="mt-2 max-w-full font-mono text-sm break-words whitespace-pre-wrap" dir="auto">{output.body}</pre>
        </article>
      ))}
    </div>
  );
}
