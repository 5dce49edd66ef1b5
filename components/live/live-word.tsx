import { type Connection } from './use-live';

const WORDS: Readonly<Record<Connection, string>> = { connecting: 'Connecting', live: 'Live', lost: 'Reconnecting' };

/** A quiet word about whether the page hears of changes. */
export function LiveWord({ connection }: { readonly connection: Connection }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-xs text-muted print:hidden" data-live={connection} title="This page updates by itself.">
      <span aria-hidden="true" className={`size-1.5 rounded-full ${connection === 'live' ? 'bg-success' : 'bg-warning'}`} />
      {WORDS[connection]}
    </span>
  );
}
