import { detectPersonalData, nameFindings } from '@/lib/privacy/detect-personal-data';
import { Alert } from '../ui/alert';

/** Says softly where a text seems to hold what does not belong into it. It never stops anybody. */
export function PersonalDataWarning({ text }: { readonly text: string }) {
  const findings = detectPersonalData(text);
  return (
    <div role="status">
      {findings.length > 0 ? (
        <Alert tone="warning" title={`This text seems to hold ${nameFindings(findings)}`}>
          If support does not need it to understand the problem, take it out or put a placeholder such as USER-1 in its place. If it is nothing of the kind, go on.
        </Alert>
      ) : null}
    </div>
  );
}
