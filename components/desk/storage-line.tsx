import Link from 'next/link';
import { type StorageCounts } from '@/domain/storage-view';
import { count } from '@/domain/words';
import { RelativeTime } from '../ui/relative-time';

/** How bucket and ledger stand, in one line that leads to the page about it. */
export function StorageLine({ counts: { lookedAt, unannounced, lost } }: { readonly counts: StorageCounts }) {
  const differs = unannounced + lost > 0;
  return (
    <p className="text-sm text-muted">
      {lookedAt ? (
        <>
          Storage was compared with these files <RelativeTime iso={lookedAt} />:{' '}
          <strong className={differs ? 'font-semibold text-danger' : 'font-normal'}>
            {differs ? [unannounced > 0 ? count(unannounced, 'unannounced object', 'unannounced objects') : '', lost > 0 ? count(lost, 'lost file', 'lost files') : ''].filter(Boolean).join(' and ') : 'nothing unannounced, nothing lost'}
          </strong>
          .
        </>
      ) : (
        'Storage was not compared with these files yet.'
      )}{' '}
      <Link className="link inline-block min-h-6" href="/desk/storage">
        See the storage
      </Link>
    </p>
  );
}
