import { type Metadata } from 'next';
import { PageBody } from '@/components/shell/page-body';
import { PageHeading } from '@/components/ui/page-heading';
import { firstParam, type QueryParams } from '@/domain/query-params';

export const metadata: Metadata = { title: 'Signing has ended' };

const ENDS = {
  declined: { title: 'You declined', lead: 'Nothing was signed. Your colleague who asked you was told, with your reason. You can close this page.' },
  forwarded: { title: 'You passed it on', lead: 'The person you named has got a link of their own; yours has ended. There is nothing more to do for you.' },
  other: { title: 'The signing session has ended', lead: 'Nothing was signed in this browser. Open the link in the newest e-mail, or ask your colleague to send you a new one. If you were signing for yourself, begin again from the page of your case.' },
} as const;

/** Where a browser comes that cannot sign (any more). It says nothing about any agreement. */
export default async function SigningEndedPage({ searchParams }: { searchParams: Promise<QueryParams> }) {
  const how = firstParam(await searchParams, 'how');
  const { title, lead } = how === 'declined' || how === 'forwarded' ? ENDS[how] : ENDS.other;
  return (
    <PageBody width="narrow">
      <PageHeading title={title} lead={lead} />
    </PageBody>
  );
}
