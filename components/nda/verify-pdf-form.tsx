'use client';

import { FileCheck2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { type KnownDocument, MAX_VERIFY_BYTES, type VerificationAnswer } from '@/domain/nda-verification';
import { askForHash, askForSignatures } from '@/lib/signature/verify-calls';
import { sha256Hex } from '@/lib/upload/compress/sha256';
import { Alert } from '../ui/alert';
import { Button } from '../ui/button';
import { DropZone } from '../ui/drop-zone';
import { useEarlyChoice } from '../upload/use-early-choice';
import { KnownResult, VerdictResult } from './verify-result';

type Check = {
  readonly file: File;
  /** What is being done right now. */
  readonly busy: string | null;
  readonly sha256?: string;
  /** Undefined until the portal has answered. */
  readonly known?: KnownDocument | null;
  readonly verification?: VerificationAnswer;
  readonly problem?: string;
};

async function hash(file: File): Promise<{ sha256: string } | { problem: string }> {
  if (file.size === 0) return { problem: 'The file is empty. Choose the PDF itself.' };
  if (file.size > MAX_VERIFY_BYTES) return { problem: 'The file is larger than 20 MB. An agreement of the portal is smaller.' };
  if (!globalThis.isSecureContext) return { problem: 'Your browser works out a SHA-256 only on a page that came by HTTPS. Open the portal by its https address.' };
  try {
    return { sha256: await sha256Hex(new Uint8Array(await file.arrayBuffer())) };
  } catch {
    return { problem: 'The file could not be read. It may have been moved; choose it again.' };
  }
}

/** The check of one file at a time; what comes late for an earlier one is dropped. */
function useCheck() {
  const [check, setCheck] = useState<Check | null>(null);
  const newest = useRef<File | null>(null);
  const note = (file: File, more: Partial<Check>) => {
    if (newest.current === file) setCheck((before) => ({ ...(before ?? { file, busy: null }), busy: null, ...more }));
  };
  const begin = async (file: File) => {
    newest.current = file;
    setCheck({ file, busy: 'Working out its SHA-256 in your browser.' });
    const hashed = await hash(file);
    if ('problem' in hashed) return note(file, hashed);
    note(file, { ...hashed, busy: 'Asking whether the portal knows it.' });
    const asked = await askForHash(hashed.sha256);
    note(file, asked.ok ? { known: asked.answer.known } : { problem: asked.sentence });
  };
  const send = async (file: File) => {
    note(file, { busy: 'Sending the file and checking its signatures.', problem: undefined });
    const asked = await askForSignatures(file);
    note(file, asked.ok ? { verification: asked.answer } : { problem: asked.sentence });
  };
  return { check, begin, send };
}

/** A PDF by dropping or choosing it: hashed here, and sent only when the person presses the button that says so. */
export function VerifyPdfForm() {
  const { check, begin, send } = useCheck();
  return (
    <div className="space-y-6">
      <PdfChooser onChosen={(file) => void begin(file)} />
      <div role="status" className="space-y-4">
        {check ? <CheckResult check={check} /> : null}
      </div>
      {/* It stays where it is, so that the keyboard's focus does. */}
      {check?.known !== undefined ? (
        <div className="space-y-2">
          <Button variant={check.verification ? 'secondary' : 'primary'} aria-disabled={check.busy !== null} onClick={() => void (check.busy === null && send(check.file))}>Check its signatures: send the file</Button>
          <p className="text-sm text-muted">The file goes to the portal for this check alone and is not kept.</p>
        </div>
      ) : null}
    </div>
  );
}

function CheckResult({ check }: { readonly check: Check }) {
  return (
    <>
      <p className="break-words"><bdi className="font-medium">{check.file.name}</bdi>{check.busy ? <span className="block text-muted">{check.busy}</span> : null}</p>
      {check.sha256 ? <p className="text-sm">SHA-256 <code className="break-all">{check.sha256}</code></p> : null}
      {check.problem ? <Alert tone="danger" title="This was not checked">{check.problem}</Alert> : null}
      {check.known !== undefined ? <KnownResult known={check.known} /> : null}
      {check.verification ? <VerdictResult answer={check.verification} /> : null}
    </>
  );
}

function PdfChooser({ onChosen }: { readonly onChosen: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const take = (files: FileList | null) => {
    const [file] = files ?? [];
    if (file) onChosen(file);
  };
  const chosen = (element: HTMLInputElement) => {
    take(element.files);
    element.value = '';
  };
  useEarlyChoice(input, chosen);
  return (
    <DropZone icon={<FileCheck2 aria-hidden className="mx-auto size-7 text-muted" />} title="Drop the PDF here" hint="At most 20 MB. It is not sent by choosing it." onDrop={({ files }) => take(files)}>
      <Button variant="primary" className="mt-4" onClick={() => input.current?.click()}>Choose a PDF</Button>
      <input ref={input} type="file" accept="application/pdf,.pdf" hidden autoComplete="off" aria-label="PDF to check" onChange={({ target }) => chosen(target)} />
    </DropZone>
  );
}
