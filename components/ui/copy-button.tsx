'use client';

import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { buttonClasses } from './button-classes';

export type CopyButtonProps = { readonly text: string; readonly label?: string; readonly className?: string };

type Outcome = 'ready' | 'copied' | 'refused';

/** Copies `text`. Says what happened, to eyes and to screen readers; where the browser refuses, says how to go on. */
export function CopyButton({ text, label = 'Copy', className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<Outcome>('ready');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('refused');
    }
  };
  const Icon = outcome === 'copied' ? Check : Copy;
  const word = outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select and copy by hand' : label;
  return (
    <button type="button" className={buttonClasses('secondary', 'sm', className)} onClick={copy} onBlur={() => setOutcome('ready')}>
      <Icon aria-hidden className="size-4" />
      <span aria-live="polite">{word}</span>
    </button>
  );
}
