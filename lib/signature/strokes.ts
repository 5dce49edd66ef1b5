import { type PointGroup } from 'signature_pad';

/** Strokes as lists of points, in thousandths of the field's width: 0..1000 across, 0..333 down. */
export type Strokes = readonly (readonly { readonly x: number; readonly y: number }[])[];

const UNITS = 1000;

/** What was drawn in a field `width` CSS pixels wide, free of its size. */
export function toUnits(groups: readonly Pick<PointGroup, 'points'>[], width: number): Strokes {
  const unit = (value: number) => Math.round((value / Math.max(1, width)) * UNITS * 10) / 10;
  return groups.map(({ points }) => points.map(({ x, y }) => ({ x: unit(x), y: unit(y) })));
}

/** The same, for a field of another width. */
export function fromUnits(strokes: Strokes, width: number): PointGroup[] {
  const pixels = (value: number) => (value / UNITS) * width;
  return strokes.map((points, stroke) => ({
    penColor: '#14213d', dotSize: 0, minWidth: 1, maxWidth: 2.5, velocityFilterWeight: 0.7, compositeOperation: 'source-over' as const,
    points: points.map(({ x, y }, index) => ({ x: pixels(x), y: pixels(y), pressure: 0.5, time: stroke * 10_000 + index * 16 })),
  }));
}
