'use client';

import { Keyboard } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect, useLayoutEffect, useState } from 'react';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Kbd } from '../ui/kbd';
import { SEARCH_FIELD_ID } from './filter-fields';
import { type DeskKey, deskKeyOf, nextRow } from './key-map';

const ROWS = '[data-row-href]';
const STORED_AS = 'airlock-desk-keys';
const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['/'], does: 'Go to the search' },
  { keys: ['j'], does: 'Next row' },
  { keys: ['k'], does: 'Row before' },
  { keys: ['Enter'], does: 'Open the row' },
  { keys: ['g', 'c'], does: 'Go to the cases' },
  { keys: ['g', 'f'], does: 'Go to the files' },
  { keys: ['Esc'], does: 'Leave the search, close a dialog' },
  { keys: ['?'], does: 'Show the keys' },
];

function moveTo(direction: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>(ROWS)];
  const current = rows.findIndex((row) => row.contains(document.activeElement));
  const row = rows[nextRow(current, rows.length, direction)];
  row?.querySelector<HTMLElement>('a, summary')?.focus();
  row?.scrollIntoView({ block: 'nearest' });
}

/** What was searched before is marked, so that typing replaces it. */
function goToSearch(): void {
  const field = document.getElementById(SEARCH_FIELD_ID);
  field?.focus();
  if (field instanceof HTMLInputElement) field.select();
}

/** The desk's keys, and the dialog that shows them. They can be switched off (WCAG 2.1.4), which this browser remembers. */
export function DeskKeys() {
  const router = useRouter();
  const [isOpen, setIsOpen] = useState(false);
  const [isOn, setIsOn] = useState(true);
  useEffect(() => setIsOn(window.localStorage.getItem(STORED_AS) !== 'off'), []);
  // In the moment in which the page is there, so that no key is lost between one page of the desk and the next.
  useLayoutEffect(() => {
    if (!isOn || isOpen) return;
    let before = '';
    const actions: Readonly<Record<DeskKey, () => void>> = {
      search: goToSearch,
      next: () => moveTo(1),
      previous: () => moveTo(-1),
      cases: () => router.push('/desk'),
      files: () => router.push('/desk/files'),
      help: () => setIsOpen(true),
      leave: () => (document.activeElement as HTMLElement | null)?.blur(),
    };
    const press = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      const action = deskKeyOf(event, before);
      before = event.key;
      if (!action) return;
      event.preventDefault();
      before = '';
      actions[action]();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn, isOpen, router]);
  const toggle = (on: boolean) => {
    setIsOn(on);
    window.localStorage.setItem(STORED_AS, on ? 'on' : 'off');
  };
  return (
    <>
      <Button variant="quiet" size="sm" onClick={() => setIsOpen(true)} className="text-muted">
        <Keyboard aria-hidden className="size-4" /> Keys
      </Button>
      <Dialog open={isOpen} onClose={() => setIsOpen(false)} title="Keys of the desk">
        <dl className="divide-y border-y">
          {KEYS.map(({ keys, does }) => (
            <div key={does} className="flex items-center justify-between gap-4 py-1.5">
              <dt>{does}</dt>
              <dd className="flex gap-1">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dd>
            </div>
          ))}
        </dl>
        <label className="mt-4 flex min-h-6 items-center gap-2.5">
          <input type="checkbox" className="tick mt-0" checked={isOn} onChange={(event) => toggle(event.target.checked)} />
          Use these keys in this browser
        </label>
      </Dialog>
    </>
  );
}
