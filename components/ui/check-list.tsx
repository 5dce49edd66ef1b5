'use client';

import { useState } from 'react';
import { type Choice, ChoiceGroup } from './choice-group';
import { type FieldTexts } from './field-frame';

export type CheckListProps = FieldTexts & { readonly name: string; readonly id?: string; readonly options: readonly Choice[] };

/** Any number of a few; sends `name` once for each that is ticked. It keeps what was ticked when the form comes back with an error. */
export function CheckList({ name, id = name, ...group }: CheckListProps) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const tick = (value: string, isTicked: boolean) => setTicked((before) => new Set(isTicked ? [...before, value] : [...before].filter((other) => other !== value)));
  return (
    <ChoiceGroup
      {...group}
      id={id}
      className="mt-2 flex max-h-72 flex-col gap-y-2 overflow-y-auto p-1"
      input={({ value }, props) => <input {...props} type="checkbox" name={name} checked={ticked.has(value)} onChange={({ target }) => tick(value, target.checked)} />}
    />
  );
}
