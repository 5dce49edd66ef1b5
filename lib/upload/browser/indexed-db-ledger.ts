import type { Ledger, LedgerEntry, SourceFile } from '../ports';
import { BrowserFile } from './browser-file';

const DATABASE = 'airlock-uploads';
const STORE = 'files';

type Row = { readonly localId: string; readonly entry: LedgerEntry; readonly handle: FileSystemFileHandle | null };
/** Not yet in TypeScript's DOM library (File System Access, section 2.4). */
type WithPermission = FileSystemFileHandle & {
  queryPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
  requestPermission?: (descriptor: { mode: 'read' }) => Promise<PermissionState>;
};

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'localId' });
  const database = await settled(opening);
  const transaction = database.transaction(STORE, mode);
  transaction.oncomplete = () => database.close();
  return transaction.objectStore(STORE);
}

async function openHandle(handle: WithPermission, mayAsk: boolean): Promise<SourceFile | 'permission' | 'file'> {
  const mode = { mode: 'read' } as const;
  let permission = (await handle.queryPermission?.(mode)) ?? 'granted';
  if (permission === 'prompt' && mayAsk) permission = (await handle.requestPermission?.(mode)) ?? 'denied';
  if (permission === 'prompt') return 'permission';
  if (permission === 'denied') return 'file';
  // Rejects where the file was moved or deleted.
  return new BrowserFile(await handle.getFile(), handle);
}

/**
 * Remembers uploads in this browser, with the file's handle where there is one; never its content. Works without either: then the
 * list is lost with the page, and the case page still shows what the portal holds.
 */
export const indexedDbLedger: Ledger = {
  async remember(entry, source) {
    const handle = source instanceof BrowserFile ? source.handle : null;
    const row: Row = { localId: entry.localId, entry, handle };
    await settled((await store('readwrite')).put(row));
  },
  async forget(localId) {
    await settled((await store('readwrite')).delete(localId));
  },
  async list(caseReference) {
    const rows: Row[] = await settled((await store('readonly')).getAll());
    return rows.map((row) => row.entry).filter((entry) => entry.caseReference === caseReference);
  },
  async open(localId, mayAsk) {
    const row: Row | undefined = await settled((await store('readonly')).get(localId));
    if (!row?.handle) return 'file';
    return openHandle(row.handle, mayAsk).catch(() => 'file' as const);
  },
};
