import type { PutAnswer } from '../ports';

/** What the page and the worker that sends say to each other. `body` and `put` are numbers that the page chooses. */
export type ToSender =
  | { readonly type: 'load'; readonly body: number; readonly bytes: ArrayBuffer }
  | { readonly type: 'release'; readonly body: number }
  | { readonly type: 'put'; readonly put: number; readonly body: number; readonly url: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly type: 'abort'; readonly put: number };

export type FromSender =
  | { readonly type: 'ready' }
  | { readonly type: 'progress'; readonly put: number; readonly sentBytes: number }
  | { readonly type: 'answer'; readonly put: number; readonly answer: PutAnswer }
  | { readonly type: 'failed'; readonly put: number };
