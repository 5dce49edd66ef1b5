import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes what was chosen in an input before the page's script had started: the server draws the input, and on a slow connection
 * people are faster. Give the input `autoComplete="off"`, so that it never holds what a browser restored by itself (P-PUSH).
 */
export function useEarlyChoice(input: RefObject<HTMLInputElement | null>, take: (input: HTMLInputElement) => void): void {
  const first = useRef(take);
  useEffect(() => {
    if (input.current?.files?.length) first.current(input.current);
  }, [input]);
}
