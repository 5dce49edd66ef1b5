/** A file's name, isolated so that letters of another direction do not disturb what stands beside it. Gone files have none. */
export function FileName({ name }: { readonly name: string | null }) {
  if (name === null) return <span className="font-normal text-muted italic">name erased with the file</span>;
  return <bdi>{name}</bdi>;
}
