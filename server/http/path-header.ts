/** Set by proxy.ts on each request for a page, over whatever the client sent. */
export const PATH_HEADER = 'x-airlock-path';
