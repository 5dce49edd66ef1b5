import { Search } from 'lucide-react';
import { type Option } from '../ui/select-field';

/** The id that the key `/` leads to. */
export const SEARCH_FIELD_ID = 'desk-search';

/** The search of a list; `/` leads to it. */
export function SearchFilter({ label, defaultValue }: { readonly label: string; readonly defaultValue: string }) {
  return (
    <div className="min-w-56 flex-1">
      <label htmlFor={SEARCH_FIELD_ID} className="text-xs font-medium text-muted">
        {label}
      </label>
      <div className="relative mt-1">
        <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <input key={defaultValue} id={SEARCH_FIELD_ID} name="q" type="search" defaultValue={defaultValue} maxLength={100} autoComplete="off" spellCheck={false} className="field min-h-9 py-1 pl-8 text-sm" />
      </div>
    </div>
  );
}

/** One choice of a filter; the empty one is everything. */
export function SelectFilter({ name, label, everything, options, defaultValue }: { readonly name: string; readonly label: string; readonly everything: string; readonly options: readonly Option[]; readonly defaultValue: string }) {
  const id = `filter-${name}`;
  return (
    <div className="min-w-32 flex-1 sm:flex-none">
      <label htmlFor={id} className="text-xs font-medium text-muted">
        {label}
      </label>
      <select key={defaultValue} id={id} name={name} defaultValue={defaultValue} className="field mt-1 block min-h-9 py-1 text-sm sm:max-w-56">
        <option value="">{everything}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
