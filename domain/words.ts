/** Digits in groups of three, the same on every machine: `22,066,598`. */
export function groupDigits(value: number | string): string {
  return String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** `1 file`, `2 files`, `1,000 files`. */
export function count(number: number, one: string, many: string): string {
  return `${groupDigits(number)} ${number === 1 ? one : many}`;
}

export const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
