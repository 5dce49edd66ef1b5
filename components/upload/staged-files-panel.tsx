'use client';

import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { type FileRequestView } from '@/domain/case-view';
import { FILE_KIND_LABELS, FILE_KINDS, type FileKind } from '@/domain/file-kinds';
import { formatBytes } from '@/lib/format/bytes';
import { Button } from '../ui/button';
import { Bytes } from '../ui/bytes';
import { Checkbox } from '../ui/checkbox';
import { Panel } from '../ui/panel';
import { SelectField } from '../ui/select-field';
import { type StagedFile, unrequestedKinds } from './staged-file';
import { type StagedFiles } from './use-staged-files';

export type StagedFilesPanelProps = Pick<StagedFiles, 'staged' | 'change' | 'remove' | 'send'> & { readonly requests: readonly FileRequestView[] };

/** What was chosen, to be looked at and corrected before it is sent. */
export function StagedFilesPanel({ staged, change, remove, send, requests }: StagedFilesPanelProps) {
  const [confirmedKinds, setConfirmedKinds] = useState('');
  const [error, setError] = useState<string>();
  const kinds = unrequestedKinds(staged);
  const kindsKey = kinds.join();
  const isConfirmed = kinds.length === 0 || confirmedKinds === kindsKey;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isConfirmed) {
      setError('Tick the box, or take out the files that nobody asked for.');
      document.getElementById('confirm-unrequested')?.focus();
      return;
    }
    setError(undefined);
    setConfirmedKinds('');
    send();
  };
  if (staged.length === 0) return null;
  const total = staged.reduce((sum, { source }) => sum + source.sizeBytes, 0);
  return (
    <Panel id="ready" title="Ready to send" flush>
      <form onSubmit={submit} noValidate>
        <ul className="divide-y">
          {staged.map((file) => (
            <StagedRow key={file.id} file={file} requests={requests} change={change} remove={remove} />
          ))}
        </ul>
        <div className="space-y-4 border-t px-4 py-4">
          {kinds.length > 0 ? (
            <Checkbox
              id="confirm-unrequested"
              name="confirmUnrequested"
              checked={isConfirmed}
              onChange={({ target }) => {
                setConfirmedKinds(target.checked ? kindsKey : '');
                setError(undefined);
              }}
              error={error}
              label={`Nobody asked for ${kindsInWords(kinds)} in this case. ${kinds.length === 1 ? 'It is needed to find the cause, so send it.' : 'They are needed to find the cause, so send them.'}`}
              hint="We ask for no more than is needed. If you are not sure, leave it out: support asks for what it needs."
            />
          ) : null}
          <Button type="submit" variant="primary">
            Send {staged.length === 1 ? 'this file' : `these ${staged.length} files`} ({formatBytes(total)})
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function kindsInWords(kinds: readonly FileKind[]): string {
  const names = kinds.map((kind) => (kind === 'other' ? 'a file of another kind' : `${kind === 'os_log' ? 'an' : 'a'} ${FILE_KIND_LABELS[kind].toLowerCase()}`));
  return names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

type StagedRowProps = Pick<StagedFilesPanelProps, 'requests' | 'change' | 'remove'> & { readonly file: StagedFile };

function StagedRow({ file: { id, source, kind, guess, requestId }, requests, change, remove }: StagedRowProps) {
  const waiting = requests.filter(({ isWaiting }) => isWaiting);
  const setKind = (value: FileKind) => change(id, { kind: value, requestId: waiting.find((request) => request.kind === value)?.id ?? null });
  return (
    <li className="grid gap-x-6 gap-y-3 px-4 py-3 md:grid-cols-[minmax(0,1fr)_14rem_auto]">
      <div className="min-w-0">
        <p className="font-medium wrap-anywhere">{source.name}</p>
        <p className="text-sm text-muted">
          <Bytes value={source.sizeBytes} />
          {' · '}
          {guess.reason}
        </p>
        {requestId === null ? null : (
          <p className="mt-1 text-sm">
            <span className="text-muted">For the request: </span>
            {requests.find((request) => request.id === requestId)?.purpose}
          </p>
        )}
      </div>
      <div className="space-y-3">
        <SelectField
          label={<>Kind<span className="sr-only"> of {source.name}</span></>}
          id={`kind-${id}`}
          name={`kind-${id}`}
          value={kind}
          onChange={({ target }) => setKind(FILE_KINDS.find((known) => known === target.value) ?? 'other')}
          options={FILE_KINDS.map((value) => ({ value, label: FILE_KIND_LABELS[value] }))}
        />
        {waiting.length > 0 ? (
          <SelectField
            label={<>Asked for as<span className="sr-only">: {source.name}</span></>}
            id={`request-${id}`}
            name={`request-${id}`}
            value={requestId ?? ''}
            onChange={({ target }) => change(id, { requestId: target.value === '' ? null : target.value })}
            emptyLabel="Not asked for"
            options={waiting.map((request) => ({ value: request.id, label: `${FILE_KIND_LABELS[request.kind]}: ${shorten(request.purpose)}` }))}
          />
        ) : null}
      </div>
      <Button size="sm" variant="quiet" className="justify-self-start md:self-start" onClick={() => remove(id)} aria-label={`Take out ${source.name}`}>
        <X aria-hidden className="size-4" /> Take out
      </Button>
    </li>
  );
}

function shorten(text: string): string {
  const [line = ''] = text.split('\n');
  return [...line].length > 60 ? `${[...line].slice(0, 59).join('')}…` : line;
}
