import { afterEach, beforeEach, vi } from 'vitest';

/** A test that makes the code complain on the console fails, unless it asked for the complaint by mocking it itself. */
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    throw new Error(`console.error was called: ${parts.map(String).join(' ')}`);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});
