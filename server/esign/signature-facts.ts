import { type Appearance, type Fact } from './appearance';
import { utcTime } from './signature-fields';

export type Signer = { readonly name: string; readonly title?: string | undefined; readonly organization?: string | undefined; readonly email?: string | undefined };
/** What is not known yet is left out. */
type Signed = { readonly signer: Partial<Signer>; readonly appearance: Appearance; readonly now: Date; readonly facts?: readonly Fact[] };

/** All that a field shows: who signed, when and how, and the given facts. Boxes are measured by the same (render-agreement-pdf.ts). */
export function signatureFacts({ signer, appearance, now, facts = [] }: Signed): readonly Fact[] {
  if (appearance.kind === 'seal') return [...facts, { label: 'Sealed', value: utcTime(now) }];
  const given: readonly (readonly [string, string | undefined])[] = [['Name', signer.name], ['Title', signer.title], ['For', signer.organization], ['E-mail', signer.email]];
  const known = given.flatMap(([label, value]) => (value ? [{ label, value: value.normalize('NFC') }] : []));
  const how = appearance.kind === 'typed' ? 'Typed by the signatory' : 'Drawn by the signatory';
  return [...known, { label: 'Signed', value: utcTime(now) }, { label: 'How', value: how }, ...facts];
}
