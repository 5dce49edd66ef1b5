import { describe, expect, it } from 'vitest';
import { accentColours, accentStyle, DARK_GROUNDS, LIGHT_GROUNDS } from './accent';
import { contrastRatio } from './contrast';

describe('the vendor\'s accent', () => {
  it.each(['#ffff00', '#000000', '#ffffff', '#ff0000', '#0f766e', '#7f7f7f', '#00ff7f'])('%s is readable in both themes', (hex) => {
    const accent = accentColours(hex);
    for (const ground of LIGHT_GROUNDS) expect(contrastRatio(accent.light, ground)).toBeGreaterThanOrEqual(4.5);
    for (const ground of DARK_GROUNDS) expect(contrastRatio(accent.dark, ground)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(accent.onLight, accent.light)).toBeGreaterThanOrEqual(4.5);
    expect(contrastRatio(accent.onDark, accent.dark)).toBeGreaterThanOrEqual(4.5);
  });

  it('stays as it is where it already reads', () => {
    expect(accentColours('#0f5e5a').light).toBe('#0f5e5a');
  });

  it('cannot carry anything but colours into the page', () => {
    expect(() => accentStyle('red;}body{display:none')).toThrow(RangeError);
    expect(accentStyle('#0f5e5a')).toMatch(/^:root\{(--[a-z-]+:#[0-9a-f]{6};?){4}\}$/);
  });
});

it('measures contrast as WCAG does', () => {
  expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});
