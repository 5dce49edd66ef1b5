import Link from 'next/link';
import { type OutputItem } from '@/domain/manual-output';
import { Bytes } from '../ui/bytes';
import { DateTime } from '../ui/date-time';
import { RelativeTime } from '../ui/relative-time';

/** What staff wrote about a file, with the time left to read it. */
export function OutputList({ reference, outputs }: { readonly reference: string; readonly outputs: readonly OutputItem[] }) {
  return (
    <ul className="divide-y">
      {outputs.map((output) => (
        <li key={output.id} className="py-2 first:pt-0 last:pb-0">
          {output.dueAt ? (
            <Link className="link inline-block min-h-6 font-medium break-words" href={`/cases/${reference}/outputs/${output.id}`}>
              {output.title ?? 'Result'}
            </Link>
          ) : (
            <span className="font-medium">{output.goneAt ? 'Result, erased' : 'Result, its day is over'}</span>
          )}
          <p className="text-sm text-muted">
            {output.writtenBy}, <DateTime iso={output.createdAt} /> · <Bytes value={output.sizeBytes} /> · {output.dueAt ? <RelativeTime iso={output.dueAt} form="left" /> : output.goneAt ? <>erased <DateTime iso={output.goneAt} /></> : 'being erased'}
          </p>
        </li>
      ))}
    </ul>
  );
}
