/** Red, green, blue, each 0..255. */
type Rgb = readonly [number, number, number];

function parseHex(hex: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) throw new RangeError('A colour is written #rrggbb.');
  return [parseInt(match[1] ?? '', 16), parseInt(match[2] ?? '', 16), parseInt(match[3] ?? '', 16)];
}

const toHex = (rgb: Rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

/** Relative luminance, 0..1 (WCAG 2.2, definition of relative luminance). */
function luminance(hex: string): number {
  const [red, green, blue] = parseHex(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours, 1..21 (WCAG 2.2, contrast ratio). */
export function contrastRatio(a: string, b: string): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** `hex` mixed with `other`: 0 is `hex`, 1 is `other`. */
function mix(hex: string, other: string, share: number): string {
  const from = parseHex(hex);
  const to = parseHex(other);
  return toHex([0, 1, 2].map((at) => (from[at] ?? 0) + ((to[at] ?? 0) - (from[at] ?? 0)) * share) as unknown as Rgb);
}

/**
 * `hex`, moved towards `towards` in steps of 2 % until it reads at `ratio`:1 on every one of `grounds`.
 * The hue stays as far as it can; `towards` itself has to pass on all grounds.
 */
export function readableOn(hex: string, grounds: readonly string[], towards: string, ratio = 4.5): string {
  for (let step = 0; step <= 50; step += 1) {
    const candidate = mix(hex, towards, step / 50);
    if (grounds.every((ground) => contrastRatio(candidate, ground) >= ratio)) return candidate;
  }
  return towards;
}
