import Link from 'next/link';
import { SEVERITIES } from '@/domain/cases';
import { DESK_CASE_FILES, type DeskCaseQuery, deskCasesHref, isFiltered } from '@/domain/desk-cases';
import { FILE_GROUP_LABELS } from '@/domain/file-groups';
import { upperFirst } from '@/domain/words';
import { Button } from '../ui/button';
import { FilterForm } from './filter-form';
import { SearchFilter, SelectFilter } from './filter-fields';

const FILES_LABELS = { ...FILE_GROUP_LABELS, awaited: 'Asked for, not yet sent', none: 'No files' } as const;

export type OrganizationOption = { readonly id: string; readonly name: string };

/** What narrows the list of cases. */
export function CaseFilters({ query, organizations }: { readonly query: DeskCaseQuery; readonly organizations: readonly OrganizationOption[] }) {
  return (
    <FilterForm path="/desk" label="Find cases" kept={{ status: query.status === 'open' ? null : query.status, sort: query.sort === 'activity' ? null : query.sort }}>
      <SearchFilter label="Reference, title, organization or file name" defaultValue={query.q} />
      <SelectFilter name="severity" label="Severity" everything="Any" options={SEVERITIES.map((value) => ({ value, label: upperFirst(value) }))} defaultValue={query.severity ?? ''} />
      <SelectFilter name="organization" label="Organization" everything="Any" options={organizations.map(({ id, name }) => ({ value: id, label: name }))} defaultValue={query.organization ?? ''} />
      <SelectFilter name="files" label="Has files" everything="Any" options={DESK_CASE_FILES.map((value) => ({ value, label: FILES_LABELS[value] }))} defaultValue={query.files ?? ''} />
      <label className="flex min-h-9 items-center gap-2 text-sm">
        <input key={String(query.mine)} type="checkbox" name="mine" value="yes" defaultChecked={query.mine} className="tick mt-0" />
        I asked for a file
      </label>
      <div className="flex min-h-9 items-center gap-3">
        <Button type="submit" size="sm">
          Apply
        </Button>
        {isFiltered(query) ? (
          <Link href={deskCasesHref({ ...query, q: '', severity: null, organization: null, files: null, mine: false })} className="link text-sm">
            Clear
          </Link>
        ) : null}
      </div>
    </FilterForm>
  );
}
