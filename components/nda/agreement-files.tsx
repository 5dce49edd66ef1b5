import { Download } from 'lucide-react';
import { type AgreementView } from '@/domain/nda-agreement-view';
import { LinkButton } from '../ui/link-button';

/** The files of an agreement to take along. Only what was signed in the portal by both sides has a bundle of evidence. */
export function AgreementFiles({ view: { id, state, sha256, paper } }: { readonly view: AgreementView }) {
  if (!sha256 && !paper) return null;
  const hasEvidence = sha256 !== null && (state === 'in_force' || state === 'ended');
  const files = [...(sha256 ? [['agreement.pdf', 'Signed PDF']] : []), ...(hasEvidence ? [['evidence.zip', 'Evidence bundle']] : []), ...(paper ? [['paper-copy', 'Paper copy']] : [])];
  return (
    <div className="flex flex-wrap gap-3">
      {files.map(([file, label]) => (
        <LinkButton key={file} href={`/nda/agreements/${id}/${file}`} download="" variant="secondary">
          <Download aria-hidden className="size-4" /> {label}
        </LinkButton>
      ))}
    </div>
  );
}
