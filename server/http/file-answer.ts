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
