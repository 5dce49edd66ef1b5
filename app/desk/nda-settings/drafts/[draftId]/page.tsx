import { Download } from 'lucide-react';
import { type Metadata } from 'next';
import { Prose } from '@/components/content/prose';
import { DraftEditor } from '@/components/nda/draft-editor';
import { TemplateDifference } from '@/components/nda/template-difference';
import { PageBody } from '@/components/shell/page-body';
import { Alert } from '@/components/ui/alert';
import { Breadcrumbs } from '@/components/ui/breadcrumbs';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { DateTime } from '@/components/ui/date-time';
import { DescriptionList } from '@/components/ui/description-list';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeading } from '@/components/ui/page-heading';
import { Panel } from '@/components/ui/panel';
import { NDA_TERM_YEARS } from '@/domain/nda-agreement';
import { requireStaff } from '@/server/auth/current-actor';
import { renderMarkdown } from '@/server/content/render-markdown';
import { orNotFound } from '@/server/http/page-result';
import { NDA_FIELD_LABELS, ndaValues } from '@/server/nda/nda-fields';
import { REQUIRED_NDA_FIELDS } from '@/server/nda-template/check-nda-template';
import { vendorFields } from '@/server/nda/vendor-fields';
import { type DraftView, getNdaDraft } from '@/server/nda-template/get-nda-draft';
import { discardDraft, publishDraft, saveDraft } from '../../actions';

export const metadata: Metadata = { title: 'Draft of the NDA template' };

/** A draft: the text to be edited, what keeps it from being published, what it changes, and how it will look. */
export default async function NdaDraftPage({ params }: { params: Promise<{ draftId: string }> }) {
  const actor = await requireStaff();
  const draft = await orNotFound(getNdaDraft({ actor, now: new Date(), draftId: (await params).draftId }));
  const { body, title, summary, requiresNewSignature, revision, id } = draft;
  return (
    <PageBody width="narrow">
      <Breadcrumbs items={[{ label: 'NDAs', href: '/desk/ndas' }, { label: 'Templates and signing', href: '/desk/nda-settings' }, { label: 'Draft' }]} />
      <PageHeading title="Draft of the NDA template" lead="Nobody sees or signs a draft. Once it is published it is the version that is offered, and never changes." />
      <DescriptionList
        items={[
          { term: 'Begun from', details: `Version ${draft.basedOn}` },
          { term: 'Saved', details: <><DateTime iso={draft.savedAt} seconds />{draft.savedBy ? <> by <bdi>{draft.savedBy}</bdi></> : null}, revision {revision}</> },
        ]}
      />
      <Problems draft={draft} />
      <Panel id="edit" title="The text">
        <DraftEditor action={saveDraft} draft={{ id, title, summary, body, requiresNewSignature, revision }}>
          <Ending draft={draft} />
        </DraftEditor>
        <Fields />
      </Panel>
      <Panel id="difference" title={draft.inForce ? `What differs from version ${draft.inForce}, which is in force` : 'What differs'}>
        <TemplateDifference lines={draft.difference} />
      </Panel>
      <Preview draft={draft} />
    </PageBody>
  );
}

function Problems({ draft: { problems } }: { readonly draft: DraftView }) {
  if (problems.length === 0) return <Alert tone="success" title="The saved text can be published" />;
  return (
    <Alert tone="warning" title={problems.length === 1 ? 'One thing keeps it from being published' : `${problems.length} things keep it from being published`}>
      <ul className="list-disc space-y-1 pl-5">
        {problems.map(({ line, message }, at) => <li key={at} className="break-words">{line === null ? '' : `Line ${line}: `}{message}</li>)}
      </ul>
    </Alert>
  );
}

/** To publish the draft as it was saved, or to throw it away. */
function Ending({ draft }: { readonly draft: DraftView }) {
  const values = { draftId: draft.id, revision: String(draft.revision) };
  return (
    <div className="mt-5 flex flex-wrap gap-3 border-t pt-5">
      {draft.problems.length === 0 ? (
        <ConfirmDialog triggerLabel={`Publish as version ${draft.nextVersion}`} triggerVariant="primary" title={`Publish as version ${draft.nextVersion}?`} confirmLabel="Publish it" pendingLabel="Publishing" action={publishDraft} values={{ ...values, comparedWith: draft.inForce }}>
          <p>It is offered from this moment on and never changes. Whoever is reading an agreement that nobody has signed is asked to read this text.</p>
          <p>{draft.requiresNewSignature ? 'Organizations that signed an earlier version are asked to sign this one; their agreements stay in force meanwhile.' : 'Agreements on earlier versions stay as they are, and nobody is asked to sign again.'}</p>
        </ConfirmDialog>
      ) : null}
      <ConfirmDialog triggerLabel="Discard the draft" title="Discard this draft?" confirmLabel="Discard it" pendingLabel="Discarding" tone="danger" action={discardDraft} values={values}>
        <p>Its text is gone with that. Published versions stay as they are.</p>
      </ConfirmDialog>
    </div>
  );
}

function Fields() {
  return (
    <details className="mt-5 border-t pt-3">
      <summary className="min-h-6 font-medium">The fields</summary>
      <dl className="mt-3 grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        {Object.entries(NDA_FIELD_LABELS).map(([name, label]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-[0.8125rem] wrap-anywhere">{`{{${name}}}`}</dt>
            <dd className="text-muted">{label}{(REQUIRED_NDA_FIELDS as readonly string[]).includes(name) ? ', needed' : ''}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-sm text-muted">One table has to hold both signatures. The portal reckons the term as {NDA_TERM_YEARS} years; a text that says otherwise does not change that.</p>
    </details>
  );
}

/** The saved text as the signatory will read it. What cannot be published is not shown as if it could. */
function Preview({ draft }: { readonly draft: DraftView }) {
  if (draft.problems.length > 0) return null;
  const { html } = renderMarkdown({ source: draft.body, values: ndaValues(vendorFields()), blanks: NDA_FIELD_LABELS });
  return (
    <Panel id="preview" title="Preview of the saved text">
      <div className="space-y-4">
        <LinkButton href={`/desk/nda-settings/drafts/${draft.id}/preview.pdf`} target="_blank" rel="noopener" variant="secondary"><Download aria-hidden className="size-4" /> Preview as PDF</LinkButton>
        <p className="font-semibold break-words">{draft.title}</p>
        <Prose html={html} />
      </div>
    </Panel>
  );
}
