/** A file to be saved, never shown as a page of the portal. `fileName` is one that we made. */
export function fileAnswer(bytes: Uint8Array, { type, fileName, inline = false }: { readonly type: string; readonly fileName: string; readonly inline?: boolean }): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-length': String(bytes.byteLength),
      'content-disposition': `${inline ? 'inline' : 'attachment'}; filename="${fileName}"`,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** The same for text that is made while it is read, of a length that is not known; ends with its reader. */
export function streamAnswer(parts: AsyncGenerator<string>, { type, fileName }: { readonly type: string; readonly fileName: string }): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => {
      await parts.return(undefined);
    },
  });
  return new Response(body, { headers: { 'content-type': type, 'content-disposition': `attachment; filename="${fileName}"`, 'x-content-type-options': 'nosniff' } });
}
