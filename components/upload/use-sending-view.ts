import { useCallback, useRef, useState } from 'react';
import { type SendingView } from '@/domain/sending-view';
import { type Connection, useLive } from '../live/use-live';

/** Null where the portal did not answer or refused, such as after the session has ended: what is shown stays. */
async function fetchSendingView(reference: string): Promise<SendingView | null> {
  try {
    const response = await fetch(`/api/cases/${encodeURIComponent(reference)}/sending`, { cache: 'no-store', redirect: 'manual' });
    return response.ok ? ((await response.json()) as SendingView) : null;
  } catch {
    return null;
  }
}

/**
 * What the portal knows of the case, from what the server drew and then by data alone. A page that sends files is never asked for
 * again as a page: where the session or the network ends in that moment, the browser would leave it, and the files with it.
 */
export function useSendingView(caseId: string, reference: string, drawn: SendingView): { view: SendingView; connection: Connection } {
  const [view, setView] = useState(drawn);
  const asked = useRef(0);
  const refresh = useCallback(async () => {
    const mine = ++asked.current;
    const next = await fetchSendingView(reference);
    // An answer that a later question has overtaken is older than what is shown.
    if (next && mine === asked.current) setView(next);
  }, [reference]);
  const connection = useLive({ caseId }, () => void refresh());
  return { view, connection };
}
