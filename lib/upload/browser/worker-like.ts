/** The part of a Web Worker that the pool and the transport use; tests give one of their own. */
export type WorkerLike = Pick<Worker, 'terminate' | 'onmessage' | 'onerror'> & {
  postMessage(message: unknown, transfer?: Transferable[]): void;
};
