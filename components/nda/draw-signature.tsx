'use client';

import { useEffect, useRef, useState } from 'react';
import SignaturePad from 'signature_pad';
import { fromUnits, type Strokes, toUnits } from '@/lib/signature/strokes';
import { Button } from '../ui/button';
import { FieldError } from '../ui/field-frame';

/** Draws with mouse, pen or finger. What is drawn is kept as vectors in units of the field, so that it is there again after a rotation. */
export function DrawSignature({ error }: { readonly error?: readonly string[] | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<SignaturePad | null>(null);
  const strokes = useRef<Strokes>([]);
  const [drawing, setDrawing] = useState('[]');

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const made = new SignaturePad(element, { penColor: getComputedStyle(element).color, minWidth: 1, maxWidth: 2.5 });
    pad.current = made;
    const fit = () => {
      const ratio = Math.max(window.devicePixelRatio, 1);
      element.width = element.clientWidth * ratio;
      element.height = element.clientHeight * ratio;
      element.getContext('2d')?.scale(ratio, ratio);
      made.fromData(fromUnits(strokes.current, element.clientWidth));
    };
    const keep = () => {
      strokes.current = toUnits(made.toData(), element.clientWidth);
      setDrawing(JSON.stringify(strokes.current));
    };
    fit();
    made.addEventListener('endStroke', keep);
    const watch = new ResizeObserver(fit);
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.off();
    };
  }, []);

  const clear = () => {
    pad.current?.clear();
    strokes.current = [];
    setDrawing('[]');
  };
  return (
    <div>
      <input type="hidden" name="drawing" value={drawing} />
      <p className="mb-2 text-sm text-muted">Draw it with a finger, a pen or the mouse.</p>
      <canvas ref={canvas} id="signature" tabIndex={-1} role="img" aria-label="Field to draw your signature in. With a keyboard, choose the typed signature." className="block aspect-[3/1] w-full max-w-xl touch-none rounded border border-field bg-sheet text-pen" />
      <FieldError id="signature" error={error} />
      <Button size="sm" className="mt-2" onClick={clear}>Clear</Button>
    </div>
  );
}
