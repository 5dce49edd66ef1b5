/** Prints one line a step. `step` prints when the work is done, with its seconds; what it returns is the line's text. */
export interface Steps {
  step: <Result>(work: () => Promise<Result>, text: string | ((result: Result) => string)) => Promise<Result>;
  say: (sentence: string) => void;
}

export function makeSteps(print: (line: string) => void, now: () => number = () => performance.now()): Steps {
  return {
    say: print,
    step: async (work, text) => {
      const began = now();
      const result = await work();
      const seconds = ((now() - began) / 1000).toFixed(1);
      print(`${(typeof text === 'string' ? text : text(result)).padEnd(72)} ${seconds.padStart(5)} s`);
      return result;
    },
  };
}
