import { describe, expect, it } from 'vitest';
import { deskCasesHref, deskNda, isFiltered, parseDeskCaseQuery } from './desk-cases';
import { deskFilesHref, parseDeskFileQuery } from './desk-files';
import { countByGroup, groupOfState } from './file-groups';
import { FILE_STATES } from './file-states';
import { hrefWith, MAX_PAGE, pageParam, searchParam } from './query-params';

const ORGANIZATION = '0190b3b1-0000-7000-8000-000000000001';

describe('the address of the list of cases', () => {
  it('without anything shows open cases by last activity', () => {
    const query = parseDeskCaseQuery({});
    expect(query).toEqual({ q: '', status: 'open', severity: null, organization: null, files: null, mine: false, sort: 'activity', page: 1 });
    expect(deskCasesHref(query)).toBe('/desk');
    expect(isFiltered(query)).toBe(false);
  });

  it('says the same when it is written and read again', () => {
    const query = parseDeskCaseQuery({ q: ' Łódź 100%_\\ ', status: 'all', severity: 'high', organization: ORGANIZATION.toUpperCase(), files: 'quarantined', mine: 'yes', sort: 'due', page: '3' });
    const again = parseDeskCaseQuery(Object.fromEntries(new URL(deskCasesHref(query, { page: 3 }), 'http://portal.test').searchParams));
    expect(again).toEqual(query);
    expect(again.organization).toBe(ORGANIZATION);
    expect(isFiltered(again)).toBe(true);
  });

  it('leads to the first page when a filter changes', () => {
    expect(deskCasesHref(parseDeskCaseQuery({ page: '7' }), { severity: 'low' })).toBe('/desk?severity=low');
  });

  it.each([
    [{ status: 'deleted', severity: 'x', sort: 'id; drop table', files: '__proto__', organization: '1', mine: 'true', page: '-1' }],
    [{ status: ['all', 'open'].slice(2), page: '1e9' }],
    [{ page: '0' }],
    [{ page: '1.5' }],
    [{ page: '99999999999' }],
    [{ toString: 'x', constructor: 'y' }],
  ])('is read with defaults where it is nonsense: %j', (params) => {
    expect(deskCasesHref(parseDeskCaseQuery(params as Record<string, string>))).toBe('/desk');
  });

  it('takes the first of a parameter that is given twice', () => {
    expect(parseDeskCaseQuery({ severity: ['low', 'high'] }).severity).toBe('low');
  });
});

describe('the address of the list of files', () => {
  it('without anything shows what is not gone', () => {
    expect(deskFilesHref(parseDeskFileQuery({}))).toBe('/desk/files');
    expect(parseDeskFileQuery({ state: 'nonsense', kind: 'passport', sort: '' })).toEqual(parseDeskFileQuery({}));
  });

  it('says the same when it is written and read again', () => {
    const query = parseDeskFileQuery({ q: 'heap', state: 'gone', kind: 'heap_dump', organization: ORGANIZATION, sort: 'size', page: '2' });
    expect(parseDeskFileQuery(Object.fromEntries(new URL(deskFilesHref(query, { page: 2 }), 'http://portal.test').searchParams))).toEqual(query);
  });
});

describe('a search text', () => {
  it('is one line of at most 100 characters without what cannot be seen', () => {
    expect(searchParam({ q: ' a\u0000b\n\tc\u202Ed ' })).toBe('a b c d');
    expect([...searchParam({ q: '😀'.repeat(5000) })]).toHaveLength(100);
    expect(searchParam({ q: '\uD800' })).toBe('');
  });
});

it('bounds the page', () => expect(pageParam({ page: '9999' })).toBe(MAX_PAGE));

it('leaves out of an address what says nothing', () => {
  expect(hrefWith('/x', { a: '', b: null, c: undefined, d: false, page: 1 })).toBe('/x');
  expect(hrefWith('/x', { a: 'ä&=', b: true, page: 2 })).toBe('/x?a=%C3%A4%26%3D&b=yes&page=2');
});

it('puts every state that a file can have into one group', () => {
  expect(FILE_STATES.filter((state) => groupOfState(state) === null)).toEqual(['requested']);
  expect(countByGroup([{ state: 'reserved', count: 1 }, { state: 'uploading', count: 2 }, { state: 'erased', count: 0 }])).toEqual({ sending: 3 });
});

it('says where a case stands with the NDA', () => {
  expect(deskNda({ ndaCovered: true, ndaRequired: true, ndaChoice: 'undecided' })).toBe('in_force');
  expect(deskNda({ ndaCovered: false, ndaRequired: true, ndaChoice: 'without' })).toBe('required');
  expect(deskNda({ ndaCovered: false, ndaRequired: false, ndaChoice: 'without' })).toBe('without');
  expect(deskNda({ ndaCovered: false, ndaRequired: true, ndaChoice: 'undecided', ndaUnderWay: 'signed' })).toBe('waits_for_us');
  expect(deskNda({ ndaCovered: false, ndaRequired: true, ndaChoice: 'undecided', ndaUnderWay: 'sent' })).toBe('required');
  expect(deskNda({ ndaCovered: false, ndaRequired: false, ndaChoice: 'undecided', ndaUnderWay: 'sent' })).toBe('with_signatory');
});
