import { z } from 'zod';
import { invalidField } from '@/domain/errors';

/** One stroke of the pen: points in pixels of the drawing field, y downwards. */
export type Stroke = readonly { readonly x: number; readonly y: number }[];

const DRAWING_LIMITS = { strokes: 200, points: 5_000, coordinate: 4_000 } as const;
/** Pixels: less ink than this is a slip of the finger, not a signature. */
const LEAST_EXTENT = 24;
const LEAST_INK = 48;

const coordinate = z.number().min(-DRAWING_LIMITS.coordinate).max(DRAWING_LIMITS.coordinate);
const drawing = z.array(z.array(z.strictObject({ x: coordinate, y: coordinate })).min(1).max(DRAWING_LIMITS.points)).min(1).max(DRAWING_LIMITS.strokes);

function refuse(message: string): never {
  throw invalidField('signature', message);
}

const round = (value: number) => Math.round(value * 100) / 100;

/**
 * A drawn signature from a browser (`{x, y}[][]`). Refuses, as `validation_failed`: no strokes, a dot or a speck, more than 200 strokes
 * or 5000 points, and coordinates that are no numbers or far off. Gives the strokes, rounded to hundredths of a pixel.
 */
export function validateDrawing(paths: unknown): readonly Stroke[] {
  if (Array.isArray(paths) && paths.length === 0) refuse('Draw your signature in the field, or type it.');
  const parsed = drawing.safeParse(paths);
  if (!parsed.success) refuse('The drawing is too large or cannot be read. Clear the field and draw your signature again, or type it.');
  const strokes = parsed.data.map((stroke) => stroke.map(({ x, y }) => ({ x: round(x), y: round(y) })));
  const points = strokes.flat();
  if (points.length > DRAWING_LIMITS.points) refuse('The drawing has too many strokes. Clear the field and draw your signature again, or type it.');
  const extent = (values: number[]) => Math.max(...values) - Math.min(...values);
  const size = Math.max(extent(points.map(({ x }) => x)), extent(points.map(({ y }) => y)));
  const ink = strokes.reduce((sum, stroke) => sum + stroke.slice(1).reduce((length, point, at) => length + Math.hypot(point.x - (stroke[at]?.x ?? 0), point.y - (stroke[at]?.y ?? 0)), 0), 0);
  if (size < LEAST_EXTENT || ink < LEAST_INK) refuse('The drawing is no more than a dot. Draw your signature larger, or type it.');
  return strokes;
}
