import Link from 'next/link';
import { type DeskFileQuery, deskFilesHref } from '@/domain/desk-files';
import { FILE_KIND_LABELS, FILE_KINDS } from '@/domain/file-kinds';
import { Button } from '../ui/button';
import { type OrganizationOption } from './case-filters';
import { FilterForm } from './filter-form';
import { SearchFilter, SelectFilter } from './filter-fields';

/** What narrows the list of files. */
export function FileFilters({ query, organizations }: { readonly query: DeskFileQuery; readonly organizations: readonly OrganizationOption[] }) {
  const isNarrowed = query.q !== '' || query.kind !== null || query.organization !== null;
  return (
    <FilterForm path="/desk/files" label="Find files" kept={{ state: query.state === 'current' ? null : query.state, sort: query.sort === 'changed' ? null : query.sort }}>
      <SearchFilter label="File name, reference, title or organization" defaultValue={query.q} />
      <SelectFilter name="kind" label="Kind" everything="Any" options={FILE_KINDS.map((value) => ({ value, label: FILE_KIND_LABELS[value] }))} defaultValue={query.kind ?? ''} />
      <SelectFilter name="organization" label="Organization" everything="Any" options={organizations.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={query.organization ?? ''} />
      <div className="flex min-h-9 items-center gap-3">
        <Button type="submit" size="sm">
          Apply
        </Button>
        {isNarrowed ? (
          <Link href={deskFilesHref({ ...query, q: '', kind: null, organization: null })} className="link text-sm">
            Clear
          </Link>
        ) : null}
      </div>
    </FilterForm>
  );
}
