import { type Metadata } from 'next';
import { ErrorWords } from '@/components/shell/error-words';
import { LinkButton } from '@/components/ui/link-button';
import { ERROR_CATALOGUE } from '@/domain/errors';

export const metadata: Metadata = { title: ERROR_CATALOGUE.not_found.title };

/** The same words for what does not exist and for what somebody may not see. */
export default function NotFound() {
  return (
    <ErrorWords title={ERROR_CATALOGUE.not_found.title} detail={ERROR_CATALOGUE.not_found.detail}>
      <LinkButton href="/">Go to the start</LinkButton>
      <LinkButton href="/sign-in" variant="secondary">
        Sign in
      </LinkButton>
    </ErrorWords>
  );
}
