import { sentenceOf } from './start-error';

/** What has to be ended, in the reverse of the order in which it was started. */
export class Endings {
  private readonly stack: { name: string; end: () => Promise<void> | void }[] = [];
  private running: Promise<string[]> | undefined;

  add(name: string, end: () => Promise<void> | void): void {
    this.stack.push({ name, end });
  }

  /** Ends everything, once; returns a sentence for each part that did not end well. A failure does not keep the rest from ending. */
  run(): Promise<string[]> {
    this.running ??= this.runAll();
    return this.running;
  }

  private async runAll(): Promise<string[]> {
    const troubles: string[] = [];
    for (let last = this.stack.pop(); last; last = this.stack.pop()) {
      try {
        await last.end();
      } catch (error) {
        troubles.push(`The ${last.name} did not end well: ${sentenceOf(error)}`);
      }
    }
    return troubles;
  }
}
