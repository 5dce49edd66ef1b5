/** What a file holds (docs/design.md, section 2, FileRequest). */
export const FILE_KINDS = ['heap_dump', 'component_log', 'os_log', 'database_backup', 'other'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

export const FILE_KIND_LABELS: Readonly<Record<FileKind, string>> = {
  heap_dump: 'Heap dump',
  component_log: 'Component log',
  os_log: 'Operating system log',
  database_backup: 'Database backup',
  other: 'Other',
};
