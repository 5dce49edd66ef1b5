'use client';

import { Printer } from 'lucide-react';
import { Button } from '../ui/button';

/** Prints the page, or keeps it as a PDF. */
export function PrintButton() {
  return (
    <Button onClick={() => window.print()}>
      <Printer aria-hidden className="size-4" /> Print
    </Button>
  );
}
