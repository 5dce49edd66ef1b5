import { BrowserFile } from './browser-file';

/** Not yet in TypeScript's DOM library (File System Access, section 3). */
type WithHandle = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

/** The files of an `<input type="file">`, with or without `webkitdirectory`. */
export function filesFromInput(list: FileList | null): BrowserFile[] {
  return Array.from(list ?? [], (file) => new BrowserFile(file));
}

/**
 * The files of a drop, with those in dropped folders, and with handles where the browser gives them. Call it within the event: the
 * items are gone afterwards. What cannot be read is left out.
 */
export async function filesFromDrop(transfer: DataTransfer): Promise<BrowserFile[]> {
  const dropped = Array.from(transfer.items)
    .filter((item) => item.kind === 'file')
    .map((item: WithHandle) => fromItem(item).catch(() => []));
  return (await Promise.all(dropped)).flat();
}

/** Everything that is asked of the item is asked before the first wait. */
async function fromItem(item: WithHandle): Promise<BrowserFile[]> {
  const handle = item.getAsFileSystemHandle?.().catch(() => null);
  const entry = item.webkitGetAsEntry();
  const file = item.getAsFile();
  const opened = (await handle) ?? null;
  if (opened) return fromHandle(opened);
  if (entry) return fromEntry(entry);
  return file ? [new BrowserFile(file)] : [];
}

async function fromHandle(handle: FileSystemHandle): Promise<BrowserFile[]> {
  if (handle.kind === 'file') {
    const fileHandle = handle as FileSystemFileHandle;
    return [new BrowserFile(await fileHandle.getFile(), fileHandle)];
  }
  const files: BrowserFile[] = [];
  for await (const child of (handle as FileSystemDirectoryHandle).values()) files.push(...(await fromHandle(child)));
  return files;
}

async function fromEntry(entry: FileSystemEntry): Promise<BrowserFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [new BrowserFile(file)];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: BrowserFile[] = [];
  // A reader gives its entries in portions; an empty one is the end.
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return files;
    for (const child of portion) files.push(...(await fromEntry(child)));
  }
}
