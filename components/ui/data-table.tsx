import { type ReactNode } from 'react';
import { classNames } from './class-names';

export type Column<Row> = {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right';
  /** The cell that names its row; one column should have it. */
  readonly isRowHeader?: boolean;
  /** What stands before the value where the table becomes a list; the header where it is a text. Empty for none. */
  readonly stackLabel?: string;
  readonly className?: string;
  /** `aria-sort` of a header that sorts. */
  readonly sort?: 'ascending' | 'descending' | undefined;
};

export type DataTableProps<Row> = {
  /** Names the table; shown to screen readers unless `showCaption`. */
  readonly caption: string;
  readonly showCaption?: boolean;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Address of a row: for the keys j, k and Enter (the row header should hold the same link). */
  readonly rowHref?: (row: Row) => string;
  /** `stack` (default) becomes a list below 768 px, `scroll` scrolls in a region of its own that can take the focus. */
  readonly narrow?: 'stack' | 'scroll';
  readonly dense?: boolean;
  readonly empty?: ReactNode;
};

/** Below 768 px a stacked table has its own padding (app/globals.css). */
const PADDING = {
  stack: { dense: 'md:px-3 md:py-1.5', wide: 'md:px-4 md:py-2.5' },
  scroll: { dense: 'px-3 py-1.5', wide: 'px-4 py-2.5' },
} as const;

/** A table that stays readable at 360 px. The roles are said again because `display: block` takes them away. */
export function DataTable<Row>({ caption, showCaption = false, columns, rows, rowKey, rowHref, narrow = 'stack', dense = false, empty }: DataTableProps<Row>) {
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const padding = PADDING[narrow][dense ? 'dense' : 'wide'];
  const table = (
    <table role="table" className={classNames('w-full border-collapse text-left', dense ? 'text-sm' : 'text-[0.9375rem]', narrow === 'stack' && 'stacked')}>
      <caption className={showCaption ? 'px-4 py-2 text-left font-semibold' : 'sr-only'}>{caption}</caption>
      <thead role="rowgroup">
        <tr role="row" className="border-b bg-sunken">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" aria-sort={column.sort} className={classNames('text-xs font-medium whitespace-nowrap text-muted', padding, column.align === 'right' && 'text-right')}>
              {column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="divide-y">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" data-row-href={rowHref?.(row)} className="align-top hover:bg-sunken has-focus-visible:bg-accent-tint">
            {columns.map((column) => {
              const Cell = column.isRowHeader ? 'th' : 'td';
              const stackLabel = column.stackLabel ?? (typeof column.header === 'string' ? column.header : '');
              return (
                <Cell
                  key={column.key}
                  role={column.isRowHeader ? 'rowheader' : 'cell'}
                  scope={column.isRowHeader ? 'row' : undefined}
                  data-label={column.isRowHeader || stackLabel === '' ? undefined : stackLabel}
                  className={classNames('font-normal', padding, column.align === 'right' && 'md:text-right', column.className)}
                >
                  {column.cell(row)}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
  // Between the phone and the desk's own width it scrolls in itself, so that the page does not.
  if (narrow === 'stack') return <div className="overflow-x-auto">{table}</div>;
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto">
      {table}
    </div>
  );
}
