import { type Page } from '@playwright/test';
import { type Gallery } from './support/gallery';
import { checkUnsigned, makeCurlLine, pauseInTheMiddle, pressAndSee, readTheChain, REFUSED, setTooLong, stageFiles } from './support/prepare-page';
import { chooseFiles, textFile } from './support/send-page';

/** One way in which a page can be met. */
export type Scene = {
  readonly name: string;
  readonly who?: keyof Gallery['people'];
  /** The signing session of the browser, without an account. */
  readonly signing?: keyof Gallery['signing'];
  readonly address: (gallery: Gallery) => string;
  /** What is done on the page before it is looked at. */
  readonly prepare?: (page: Page) => Promise<void>;
};

const LINK_SECRET = 'A'.repeat(43);
const casePage = (which: keyof Gallery['cases'], below = '') => ({ cases }: Gallery) => `/cases/${cases[which]}${below}`;
const filePage = (which: keyof Gallery['files'], below = '') => ({ cases, files }: Gallery) => `/cases/${cases.busy}/files/${files[which]}${below}`;
const signingPage = (which: keyof Gallery['signing'], screen: string = which) => ({ signing }: Gallery) => `/signing/${signing[which].agreementId}/${screen}`;

/** A row for each page of the app, with the states in which it looks different. */
export const SCENES: Readonly<Record<string, readonly Scene[]>> = {
  '/': [{ name: 'landing', address: () => '/' }],
  '/sign-in': [
    { name: 'sign-in', address: () => '/sign-in' },
    { name: 'sign-in-refused', address: () => '/sign-in?error=link_invalid', prepare: pressAndSee('Send me a link', REFUSED) },
  ],
  '/sign-in/sent': [{ name: 'sign-in-sent', address: () => '/sign-in/sent' }],
  '/sign-in/link': [
    { name: 'sign-in-link', address: () => `/sign-in/link#${LINK_SECRET}` },
    { name: 'sign-in-link-incomplete', address: () => '/sign-in/link' },
  ],
  '/invitation': [
    { name: 'invitation-signed-out', address: () => `/invitation#${LINK_SECRET}` },
    { name: 'invitation', who: 'newcomer', address: () => `/invitation#${LINK_SECRET}` },
  ],
  '/welcome': [
    { name: 'welcome', who: 'newcomer', address: () => '/welcome' },
    { name: 'welcome-invited', who: 'invited', address: () => '/welcome' },
  ],
  '/account': [
    { name: 'account', who: 'customer', address: () => '/account' },
    { name: 'account-erase-refused', who: 'customer', address: () => '/account', prepare: pressAndSee('Erase my account', REFUSED) },
    { name: 'account-staff', who: 'support', address: () => '/account' },
  ],
  '/notices/settings': [
    { name: 'notices-settings', who: 'customer', address: () => '/notices/settings' },
    { name: 'notices-settings-admin', who: 'admin', address: () => '/notices/settings' },
  ],
  '/organization': [
    { name: 'organization', who: 'customer', address: () => '/organization' },
    { name: 'organization-alone', who: 'beginner', address: () => '/organization' },
  ],
  '/notices': [
    { name: 'notices', who: 'customer', address: () => '/notices' },
    { name: 'notices-none', who: 'beginner', address: () => '/notices' },
  ],
  '/dev/outbox': [{ name: 'outbox', address: () => '/dev/outbox' }],
  '/policy': [{ name: 'policy', address: () => '/policy' }],
  '/policy/[version]': [{ name: 'policy-version', address: () => '/policy/0.9' }],
  '/verify': [
    { name: 'verify', address: () => '/verify' },
    { name: 'verify-checked', address: () => '/verify', prepare: checkUnsigned },
  ],
  '/guides': [{ name: 'guides', address: () => '/guides' }],
  '/guides/[slug]': ['switch-on-heap-dumps', 'take-a-heap-dump', 'collect-logs', 'prepare-a-database-backup', 'send-from-a-server', 'check-a-receipt', 'what-to-leave-out', 'after-sending'].map((slug) => ({ name: `guide-${slug}`, address: () => `/guides/${slug}` })),
  '/cases': [
    { name: 'cases', who: 'customer', address: () => '/cases' },
    { name: 'cases-none', who: 'beginner', address: () => '/cases' },
  ],
  '/cases/new': [
    { name: 'case-new', who: 'customer', address: () => '/cases/new' },
    { name: 'case-new-refused', who: 'customer', address: () => '/cases/new', prepare: pressAndSee('Open the case', REFUSED) },
  ],
  '/cases/[reference]': [
    { name: 'case-opened', who: 'customer', address: casePage('opened', '?opened=1') },
    { name: 'case-outdated', who: 'customer', address: casePage('outdated') },
    { name: 'case-needs-nda', who: 'customer', address: casePage('ndaRequired') },
    { name: 'case-empty', who: 'customer', address: casePage('empty') },
    { name: 'case-busy', who: 'customer', address: casePage('busy') },
    { name: 'case-closed', who: 'customer', address: casePage('closed') },
    { name: 'case-not-found', who: 'customer', address: () => '/cases/AL-0000-0000' },
  ],
  '/cases/[reference]/policy': [
    { name: 'case-policy', who: 'customer', address: casePage('opened', '/policy') },
    { name: 'case-policy-outdated', who: 'customer', address: casePage('outdated', '/policy') },
    { name: 'case-policy-accepted', who: 'customer', address: casePage('busy', '/policy') },
  ],
  '/cases/[reference]/nda': [
    { name: 'case-nda', who: 'customer', address: casePage('undecided', '/nda') },
    { name: 'case-nda-refused', who: 'customer', address: casePage('undecided', '/nda'), prepare: pressAndSee('Go on', REFUSED) },
    { name: 'case-nda-required', who: 'customer', address: casePage('ndaRequired', '/nda') },
  ],
  '/cases/[reference]/files/new': [
    { name: 'send', who: 'customer', address: casePage('empty', '/files/new') },
    { name: 'send-not-yet', who: 'customer', address: casePage('ndaRequired', '/files/new') },
    { name: 'send-chosen', who: 'customer', address: casePage('empty', '/files/new'), prepare: stageFiles },
    { name: 'send-asked-for', who: 'customer', address: casePage('busy', '/files/new'), prepare: (page) => chooseFiles(page, textFile('catalina.out', '2026-11-27 INFO started\n')) },
    { name: 'send-paused', who: 'customer', address: casePage('empty', '/files/new'), prepare: pauseInTheMiddle },
  ],
  '/cases/[reference]/files/by-curl': [
    { name: 'by-curl', who: 'customer', address: casePage('undecided', '/files/by-curl') },
    { name: 'by-curl-line', who: 'customer', address: casePage('undecided', '/files/by-curl'), prepare: makeCurlLine },
    { name: 'by-curl-not-yet', who: 'customer', address: casePage('ndaRequired', '/files/by-curl') },
  ],
  '/cases/[reference]/files/[fileId]': [
    { name: 'file-reserved', who: 'customer', address: filePage('reserved') },
    { name: 'file-uploading', who: 'customer', address: filePage('uploading') },
    { name: 'file-stored', who: 'customer', address: filePage('stored') },
    { name: 'file-verified', who: 'customer', address: filePage('verified') },
    { name: 'file-quarantined', who: 'customer', address: filePage('quarantined') },
    { name: 'file-lost', who: 'customer', address: filePage('lost') },
    { name: 'file-expired', who: 'customer', address: filePage('expired') },
    { name: 'file-erasing', who: 'customer', address: ({ cases, orders }) => `/cases/${cases.busy}/files/${orders.ordered.fileId}` },
  ],
  '/cases/[reference]/erase': [
    { name: 'erase-case', who: 'customer', address: casePage('busy', '/erase') },
    { name: 'erase-case-refused', who: 'customer', address: casePage('busy', '/erase'), prepare: pressAndSee('Stop and erase everything', REFUSED) },
  ],
  '/cases/[reference]/files/[fileId]/erase': [
    { name: 'erase-file', who: 'customer', address: filePage('verified', '/erase') },
    { name: 'erase-results', who: 'customer', address: filePage('expired', '/erase') },
  ],
  '/cases/[reference]/erasures/[orderId]': (['final', 'watched', 'ordered'] as const).map((which) => ({ name: `erasure-${which}`, who: 'customer', address: ({ cases, orders }) => `/cases/${cases.busy}/erasures/${orders[which].orderId}` })),
  '/cases/[reference]/files/[fileId]/receipt': [{ name: 'receipt', who: 'customer', address: filePage('verified', '/receipt') }],
  '/cases/[reference]/outputs/[outputId]': (['held', 'gone'] as const).map((which) => ({ name: `output-${which}`, who: 'customer', address: ({ cases, outputs }) => `/cases/${cases.busy}/outputs/${outputs[which]}` })),
  '/desk/settings': [
    { name: 'desk-settings', who: 'admin', address: () => '/desk/settings' },
    { name: 'desk-settings-refused', who: 'admin', address: () => '/desk/settings', prepare: setTooLong },
  ],
  '/desk': [
    { name: 'desk', who: 'support', address: () => '/desk' },
    { name: 'desk-nothing-fits', who: 'support', address: () => '/desk?q=no+such+case' },
    { name: 'desk-keys', who: 'support', address: () => '/desk', prepare: pressAndSee('Keys', 'Keys of the desk') },
  ],
  '/desk/files': [
    { name: 'desk-files', who: 'support', address: () => '/desk/files?state=all' },
    { name: 'desk-files-nothing-fits', who: 'support', address: () => '/desk/files?q=no+such+file' },
  ],
  '/desk/storage': [{ name: 'desk-storage', who: 'support', address: () => '/desk/storage' }],
  '/desk/cases/[reference]': [
    { name: 'desk-case', who: 'support', address: ({ cases, files }) => `/desk/cases/${cases.busy}#file-${files.verified}` },
    { name: 'desk-case-extend', who: 'support', address: ({ cases, files }) => `/desk/cases/${cases.busy}#file-${files.verified}`, prepare: pressAndSee('Keep it longer', 'Keep this file longer?') },
    { name: 'desk-case-write', who: 'support', address: ({ cases, files }) => `/desk/cases/${cases.busy}#file-${files.verified}`, prepare: pressAndSee('Write a result', 'Write down what you found') },
    { name: 'desk-case-empty', who: 'support', address: ({ cases }) => `/desk/cases/${cases.opened}`, prepare: pressAndSee('Ask for this file', REFUSED) },
    { name: 'desk-case-dialog', who: 'support', address: ({ cases }) => `/desk/cases/${cases.ndaRequired}`, prepare: pressAndSee('Close the case', 'Close this case?') },
  ],
  '/cases/[reference]/nda/sign': [
    { name: 'nda-sign', who: 'customer', address: casePage('undecided', '/nda/sign') },
    { name: 'nda-sign-refused', who: 'customer', address: casePage('undecided', '/nda/sign'), prepare: pressAndSee(/^Go on/, REFUSED) },
    { name: 'nda-sign-in-force', who: 'customer', address: casePage('empty', '/nda/sign') },
  ],
  '/cases/[reference]/nda/send': [{ name: 'nda-send', who: 'customer', address: casePage('undecided', '/nda/send') }],
  '/cases/[reference]/nda/paper-copy': [{ name: 'nda-paper-copy', who: 'customer', address: casePage('undecided', '/nda/paper-copy'), prepare: pressAndSee('Hand it in', REFUSED) }],
  '/nda/agreements/[agreementId]': [
    { name: 'agreement-sent', who: 'customer', address: ({ agreements }) => `/nda/agreements/${agreements.sent}` },
    { name: 'agreement-declined', who: 'customer', address: ({ agreements }) => `/nda/agreements/${agreements.declined}` },
  ],
  '/signing/link': [
    { name: 'signing-link', address: () => `/signing/link#${LINK_SECRET}`, prepare: pressAndSee('Open the agreement', 'This did not work') },
    { name: 'signing-link-incomplete', address: () => '/signing/link' },
  ],
  '/signing/ended': [{ name: 'signing-ended', address: () => '/signing/ended?how=declined' }],
  '/signing/[agreementId]/code': [{ name: 'signing-code', signing: 'code', address: signingPage('code') }],
  '/signing/[agreementId]/read': [{ name: 'signing-read', signing: 'read', address: signingPage('read') }],
  '/signing/[agreementId]/sign': [
    { name: 'signing-sign', signing: 'read', address: signingPage('read', `sign?read=${'a'.repeat(64)}`) },
    { name: 'signing-sign-drawn', signing: 'read', address: signingPage('read', `sign?read=${'a'.repeat(64)}`), prepare: async (page) => { await page.getByRole('radio', { name: 'Drawn' }).check(); await pressAndSee(/^Sign for/, REFUSED)(page); } },
  ],
  '/signing/[agreementId]/decline': [{ name: 'signing-decline', signing: 'read', address: signingPage('read', 'decline') }],
  '/signing/[agreementId]/forward': [{ name: 'signing-forward', signing: 'read', address: signingPage('read', 'forward') }],
  '/signing/[agreementId]/done': [{ name: 'signing-done', signing: 'done', address: signingPage('done') }],
  '/desk/ndas': [
    { name: 'desk-ndas', who: 'admin', address: () => '/desk/ndas' },
    { name: 'desk-ndas-over', who: 'support', address: () => '/desk/ndas?group=over' },
  ],
  '/desk/ndas/[agreementId]': [
    { name: 'desk-nda-signed', who: 'admin', address: ({ agreements }) => `/desk/ndas/${agreements.signed}`, prepare: pressAndSee(/^Countersign for/, REFUSED) },
    { name: 'desk-nda-paper', who: 'support', address: ({ agreements }) => `/desk/ndas/${agreements.paper_pending}` },
    { name: 'desk-nda-in-force', who: 'admin', address: ({ agreements }) => `/desk/ndas/${agreements.in_force}` },
  ],
  '/desk/nda-settings': [{ name: 'desk-nda-settings', who: 'admin', address: () => '/desk/nda-settings' }],
  '/desk/nda-settings/drafts/[draftId]': [
    { name: 'desk-nda-draft', who: 'admin', address: ({ drafts }) => `/desk/nda-settings/drafts/${drafts.fine}` },
    { name: 'desk-nda-draft-problems', who: 'admin', address: ({ drafts }) => `/desk/nda-settings/drafts/${drafts.wrong}` },
  ],
  '/desk/nda-settings/[version]': [{ name: 'desk-nda-template', who: 'admin', address: () => '/desk/nda-settings/1.0' }],
  '/desk/raw-access': [
    { name: 'desk-raw-access', who: 'dataAdmin', address: () => '/desk/raw-access' },
    { name: 'desk-raw-access-ask', who: 'dataAdmin', address: ({ cases }) => `/desk/raw-access?case=${cases.busy}`, prepare: pressAndSee('Ask for raw access', REFUSED) },
    { name: 'desk-raw-access-over', who: 'admin', address: () => '/desk/raw-access?group=over' },
  ],
  '/shared': [{ name: 'shared', who: 'subcontractor', address: () => '/shared' }],
  '/shared/[id]': [{ name: 'shared-room', who: 'subcontractor', address: ({ sharingId }) => `/shared/${sharingId}` }],
  '/desk/staff': [
    { name: 'desk-staff', who: 'admin', address: () => '/desk/staff' },
    { name: 'desk-staff-refused', who: 'admin', address: () => '/desk/staff', prepare: pressAndSee('Add this person', REFUSED) },
  ],
  '/desk/audit': [{ name: 'desk-audit', who: 'admin', address: () => '/desk/audit', prepare: readTheChain }],
  '/desk/mail': [{ name: 'desk-mail', who: 'admin', address: () => '/desk/mail' }],
  '/desk/people': [
    { name: 'desk-people', who: 'admin', address: () => '/desk/people' },
    { name: 'desk-people-refused', who: 'admin', address: () => '/desk/people', prepare: pressAndSee('Erase this person', REFUSED) },
  ],
};
