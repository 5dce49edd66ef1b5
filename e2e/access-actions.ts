import { adminOnly, all, customersOnly, NEWCOMER_REFUSED, ownCaseOnly, REFUSED } from './support/outcomes';
import { type Outcomes, type Person } from './support/who-knocks';
import { type World } from './support/world';

export type ActionRow = { readonly page: (world: World) => string; readonly form: (world: World, who: Person) => Record<string, string>; readonly outcomes: Outcomes };

const HOME = '/account';

/** In the place of the one in force, which covers every case. */
const AGREEMENT = { scope: 'organization', partyName: 'Matrix Ltd', partyAddress: 'Cork, Ireland', name: 'Sia Signatory', title: 'Director' } as const;
/** What is in force cannot be withdrawn any more. */
const WITHDRAWERS: Outcomes = { ...ownCaseOnly('refused nda_wrong_state'), admin: 'refused nda_wrong_state' };

/** Server actions, each with input that would work. They run in this order; the outcome of one may be what the next needs. */
export const ACTIONS: Readonly<Record<string, ActionRow>> = {
  'app/cases/new/actions.ts#openCaseAction': {
    page: () => '/cases/new',
    form: () => ({ title: 'A case of the matrix', product: 'Example Server', productVersion: '1', environment: 'test', severity: 'low', description: 'Nothing happened.' }),
    outcomes: customersOnly('to /cases/*'),
  },
  'app/desk/cases/[reference]/sharing-actions.ts#askToShare': {
    page: ({ reference }) => `/desk/cases/${reference}`,
    form: ({ reference, fileId }, who) => ({ reference, recipientEmail: `shared-${who}-${Date.now()}@example.test`, purpose: 'To read it.', fileIds: fileId, days: '1' }),
    outcomes: { ...REFUSED, support: 'ok' },
  },
  'app/cases/[reference]/sharing-actions.ts#approve': { page: ({ reference }) => `/cases/${reference}`, form: ({ access }) => ({ sharingId: access.sharing.toApprove }), outcomes: ownCaseOnly('ok') },
  'app/cases/[reference]/sharing-actions.ts#refuse': { page: ({ reference }) => `/cases/${reference}`, form: ({ access }) => ({ sharingId: access.sharing.toRefuse }), outcomes: ownCaseOnly('ok') },
  'app/cases/[reference]/sharing-actions.ts#withdraw': { page: ({ reference }) => `/cases/${reference}`, form: ({ access }) => ({ sharingId: access.sharing.toWithdraw }), outcomes: { ...ownCaseOnly('ok'), support: 'ok' } },
  'app/desk/cases/[reference]/sharing-actions.ts#withdrawSharingAtDesk': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ access }) => ({ sharingId: access.sharing.toWithdraw }), outcomes: { ...ownCaseOnly('ok'), support: 'ok' } },
  'app/desk/raw-access/actions.ts#ask': {
    page: () => '/desk/raw-access',
    form: ({ reference, fileId }) => ({ reference, fileIds: fileId, reason: 'To see the strings.', hours: '1' }),
    outcomes: { ...REFUSED, data_admin: 'to /desk/raw-access' },
  },
  /** Asked for by another data administrator; the administrator's is a repetition. */
  'app/desk/raw-access/actions.ts#grant': { page: () => '/desk/raw-access', form: ({ access }) => ({ grantId: access.grants.toGrant }), outcomes: { ...REFUSED, data_admin: 'ok', admin: 'ok' } },
  'app/desk/raw-access/actions.ts#refuseGrant': { page: () => '/desk/raw-access', form: ({ access }) => ({ grantId: access.grants.toRefuse }), outcomes: { ...REFUSED, data_admin: 'ok', admin: 'ok' } },
  'app/desk/raw-access/actions.ts#revoke': { page: () => '/desk/raw-access', form: ({ access }) => ({ grantId: access.grants.toGrant }), outcomes: adminOnly('ok') },
  'app/desk/raw-access/actions.ts#claimRead': { page: () => '/desk/raw-access', form: ({ access, fileId }) => ({ grantId: access.grants.toClaim, fileId }), outcomes: { ...REFUSED, data_admin: 'ok' } },
  'app/cases/[reference]/policy/actions.ts#acceptPolicyAction': {
    page: ({ reference }) => `/cases/${reference}/policy`,
    form: ({ reference, policy }) => ({ reference, version: policy.version, sha256: policy.sha256, accepted: 'on' }),
    outcomes: ownCaseOnly('to /cases/*'),
  },
  'app/cases/[reference]/nda/actions.ts#chooseNdaAction': {
    page: ({ reference }) => `/cases/${reference}/nda`,
    form: ({ reference }) => ({ reference, choice: 'without' }),
    outcomes: ownCaseOnly('to /cases/*'),
  },
  'app/cases/[reference]/nda/actions.ts#signNowAction': {
    page: ({ reference }) => `/cases/${reference}/nda/sign`,
    form: ({ reference, agreementId }) => ({ reference, ...AGREEMENT, replaces: agreementId }),
    outcomes: ownCaseOnly('to /signing/*/code'),
  },
  /** The owner's is on its way when the colleague asks. */
  'app/cases/[reference]/nda/actions.ts#sendToSignatoryAction': {
    page: ({ reference }) => `/cases/${reference}/nda/send`,
    form: ({ reference, agreementId }, who) => ({ reference, ...AGREEMENT, replaces: agreementId, email: `signatory-${who}-${Date.now()}@example.test` }),
    outcomes: { ...ownCaseOnly('to /nda/agreements/*'), colleague: 'refused nda_under_way' },
  },
  'app/nda/agreements/actions.ts#withdraw': { page: () => HOME, form: ({ agreementId }) => ({ agreementId }), outcomes: WITHDRAWERS },
  'app/nda/agreements/actions.ts#sendToAnother': {
    page: () => HOME,
    form: ({ agreementId }, who) => ({ agreementId, name: 'Sia Signatory', title: 'Director', email: `next-${who}-${Date.now()}@example.test` }),
    outcomes: ownCaseOnly('refused nda_wrong_state'),
  },
  ...Object.fromEntries(([
    ['confirmCode', { code: '123456' }],
    ['sendCodeAgain', {}],
    ['sign', { sha256: 'a'.repeat(64), electronic: 'on', authority: 'on', appearance: 'typed' }],
    ['decline', { reason: 'No.' }],
    ['forward', { name: 'Sia Signatory', title: 'Director', email: 'forwarded@example.test' }],
  ] as const).map(([name, form]): [string, ActionRow] => [`app/signing/actions.ts#${name}`, { page: () => '/signing/link', form: ({ agreementId }) => ({ agreementId, ...form }), outcomes: all('refused signing_session_ended') }])),
  'app/signing/actions.ts#openLink': { page: () => '/signing/link', form: () => ({ token: 'x'.repeat(43) }), outcomes: all('refused link_invalid') },
  'app/desk/ndas/actions.ts#countersign': { page: () => '/desk/ndas', form: ({ agreementId }) => ({ agreementId, name: 'Ari Admin', title: 'Counsel', authority: 'on' }), outcomes: adminOnly('refused nda_wrong_state') },
  'app/desk/ndas/actions.ts#acceptPaper': { page: () => '/desk/ndas', form: ({ paperAgreementId }) => ({ agreementId: paperAgreementId, seen: 'on' }), outcomes: { ...REFUSED, support: 'ok', admin: 'refused nda_wrong_state' } },
  'app/desk/ndas/actions.ts#refusePaper': { page: () => '/desk/ndas', form: ({ paperAgreementId }) => ({ agreementId: paperAgreementId, reason: 'No.' }), outcomes: { ...REFUSED, support: 'refused nda_wrong_state', admin: 'refused nda_wrong_state' } },
  'app/desk/ndas/actions.ts#withdrawAtDesk': { page: () => '/desk/ndas', form: ({ agreementId }) => ({ agreementId }), outcomes: WITHDRAWERS },
  'app/desk/ndas/actions.ts#end': { page: () => '/desk/ndas', form: ({ agreementId }) => ({ agreementId, reason: 'Notice.' }), outcomes: adminOnly('ok') },
  /** A name that cannot be printed, so that no approval stands while other tests sign. */
  'app/desk/nda-settings/actions.ts#giveApproval': { page: () => '/desk/nda-settings', form: () => ({ name: 'Ari 🚀', title: 'Counsel' }), outcomes: adminOnly('refused validation_failed') },
  'app/desk/nda-settings/actions.ts#revokeApproval': { page: () => '/desk/nda-settings', form: () => ({}), outcomes: adminOnly('ok') },
  'app/desk/nda-settings/actions.ts#makeDraft': { page: () => '/desk/nda-settings', form: () => ({ version: '1.0' }), outcomes: adminOnly('to /desk/nda-settings/drafts/*') },
  'app/desk/nda-settings/actions.ts#saveDraft': { page: ({ draftId }) => `/desk/nda-settings/drafts/${draftId}`, form: ({ draftId }) => ({ draftId, revision: '1', title: 'A draft', summary: 'Of the matrix.', body: '1.1 Nothing.' }), outcomes: adminOnly('ok') },
  /** It was saved since, so that no other text is in force while other tests sign. */
  'app/desk/nda-settings/actions.ts#publishDraft': { page: ({ draftId }) => `/desk/nda-settings/drafts/${draftId}`, form: ({ draftId }) => ({ draftId, revision: '1', comparedWith: '1.0' }), outcomes: adminOnly('refused conflict') },
  'app/desk/nda-settings/actions.ts#discardDraft': { page: ({ draftId }) => `/desk/nda-settings/drafts/${draftId}`, form: ({ draftId }) => ({ draftId, revision: '2' }), outcomes: adminOnly('to /desk/nda-settings') },
  'app/cases/[reference]/files/by-curl/actions.ts#issuePutLineAction': {
    page: ({ reference }) => `/cases/${reference}/files/by-curl`,
    form: ({ reference }) => ({ reference, name: 'matrix.gz', kind: 'heap_dump', sizeBytes: '10', sha256: 'a'.repeat(64), unasked: 'on' }),
    outcomes: ownCaseOnly('ok'),
  },
  /** The open file of the world is sent in segments, and nothing of it is in storage. */
  'app/cases/[reference]/files/by-curl/actions.ts#renewPutLineAction': { page: ({ reference }) => `/cases/${reference}/files/by-curl`, form: ({ openFileId }) => ({ fileId: openFileId }), outcomes: ownCaseOnly('refused file_wrong_state') },
  'app/cases/[reference]/files/by-curl/actions.ts#finishPutLineAction': { page: ({ reference }) => `/cases/${reference}/files/by-curl`, form: ({ openFileId }) => ({ fileId: openFileId }), outcomes: ownCaseOnly('refused segments_missing') },
  'app/cases/[reference]/files/[fileId]/actions.ts#abandonFileAction': {
    page: ({ reference, openFileId }) => `/cases/${reference}/files/${openFileId}`,
    form: ({ openFileId }) => ({ fileId: openFileId }),
    outcomes: ownCaseOnly('ok'),
  },
  /** One order, whoever of the organization gives it. */
  'app/cases/[reference]/erase/actions.ts#orderErasureAction': {
    page: ({ reference, spareFileId }) => `/cases/${reference}/files/${spareFileId}/erase`,
    form: ({ reference, spareFileId }) => ({ reference, fileId: spareFileId, confirmation: reference }),
    outcomes: ownCaseOnly('to /cases/*'),
  },
  /** Once it was objected to there is nothing left to object to. */
  'app/cases/[reference]/files/[fileId]/actions.ts#objectToExtensionAction': {
    page: ({ reference, retention }) => `/cases/${reference}/files/${retention.fileId}`,
    form: ({ retention }) => ({ extensionId: retention.toObject }),
    outcomes: { ...ownCaseOnly('ok'), colleague: 'refused extension_ended' },
  },
  'app/desk/cases/[reference]/retention-actions.ts#takeExtensionBack': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ retention }) => ({ extensionId: retention.toWithdraw }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/retention-actions.ts#extendFile': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ retention }) => ({ fileId: retention.fileId, days: '2', reason: 'The analysis takes longer.' }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/retention-actions.ts#writeOutput': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ retention }) => ({ fileId: retention.fileId, title: 'A result', body: 'One cache.' }), outcomes: { ...REFUSED, support: 'ok', data_admin: 'ok' } },
  /** As they are already, so that no other test sees another period. */
  'app/desk/settings/actions.ts#changePeriods': { page: () => '/desk/settings', form: () => ({ rawDays: '7', analysisDays: '30' }), outcomes: adminOnly('ok') },
  'app/cases/[reference]/actions.ts#makeUploadKeyAction': { page: ({ reference }) => `/cases/${reference}`, form: ({ reference }) => ({ reference }), outcomes: ownCaseOnly('ok') },
  'app/cases/[reference]/actions.ts#revokeUploadKeyAction': { page: ({ reference }) => `/cases/${reference}`, form: ({ spareKeyId }) => ({ uploadKeyId: spareKeyId }), outcomes: { ...ownCaseOnly('ok'), support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#revokeKey': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ spareKeyId }) => ({ uploadKeyId: spareKeyId }), outcomes: { ...ownCaseOnly('ok'), support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#askForFile': {
    page: ({ reference }) => `/desk/cases/${reference}`,
    form: ({ reference }) => ({ reference, kind: 'os_log', purpose: 'To see what the kernel did.' }),
    outcomes: { ...REFUSED, support: 'ok' },
  },
  'app/desk/cases/[reference]/actions.ts#withdrawRequest': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ requestId }) => ({ requestId }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#markNdaNeeded': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ reference }) => ({ reference }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#markNdaNotNeeded': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ reference }) => ({ reference }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#close': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ reference }) => ({ reference }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/cases/[reference]/actions.ts#reopen': { page: ({ reference }) => `/desk/cases/${reference}`, form: ({ reference }) => ({ reference }), outcomes: { ...REFUSED, support: 'ok' } },
  'app/desk/staff/actions.ts#addStaff': { page: () => '/desk/staff', form: (_world, who) => ({ email: `matrix-${who}-${Date.now()}@example.test`, role: 'support' }), outcomes: adminOnly('ok') },
  'app/desk/staff/actions.ts#changeRole': { page: () => '/desk/staff', form: ({ otherStaffId }) => ({ userId: otherStaffId, role: 'data_admin' }), outcomes: adminOnly('ok') },
  'app/desk/staff/actions.ts#disable': { page: () => '/desk/staff', form: ({ otherStaffId }) => ({ userId: otherStaffId }), outcomes: adminOnly('ok') },
  'app/desk/staff/actions.ts#enable': { page: () => '/desk/staff', form: ({ otherStaffId }) => ({ userId: otherStaffId }), outcomes: adminOnly('ok') },
  'app/organization/actions.ts#invite': { page: () => '/organization', form: (_world, who) => ({ email: `invited-by-${who}-${Date.now()}@example.test` }), outcomes: customersOnly('ok') },
  /** The owner takes it back; after that there is nothing left for the colleague. */
  'app/organization/actions.ts#takeBack': { page: () => '/organization', form: ({ invitationId }) => ({ invitationId }), outcomes: { ...REFUSED, ...NEWCOMER_REFUSED, owner: 'ok' } },
  'app/invitation/actions.ts#joinByLink': { page: () => '/invitation', form: () => ({ token: 'x'.repeat(43) }), outcomes: { anonymous: 'refused unauthenticated', else: 'refused link_invalid' } },
  'app/welcome/actions.ts#joinInvited': { page: () => '/welcome', form: ({ invitationId }) => ({ invitationId }), outcomes: { anonymous: 'refused unauthenticated', else: 'refused link_invalid' } },
  'app/account/actions.ts#saveName': { page: () => HOME, form: () => ({ name: 'A Name' }), outcomes: { anonymous: 'refused unauthenticated', else: 'ok' } },
  /** The session of somebody else. */
  'app/account/actions.ts#endOneSession': { page: () => HOME, form: ({ foreignSessionId }) => ({ sessionId: foreignSessionId }), outcomes: REFUSED },
  'app/account/actions.ts#endOtherSessions': { page: () => HOME, form: () => ({}), outcomes: { anonymous: 'refused unauthenticated', else: 'ok' } },
  /** Another address than theirs, so that nobody is erased. */
  'app/account/actions.ts#eraseAccount': {
    page: () => HOME,
    form: () => ({ email: 'somebody-else@example.test' }),
    outcomes: { ...REFUSED, newcomer: 'refused validation_failed', owner: 'refused validation_failed', colleague: 'refused validation_failed', stranger: 'refused validation_failed', subcontractor: 'refused validation_failed' },
  },
  'app/desk/people/actions.ts#erase': { page: () => '/desk/people', form: () => ({ email: 'nobody-of-the-matrix@example.test', confirmed: 'on' }), outcomes: adminOnly('refused validation_failed') },
  'app/desk/audit/actions.ts#checkChain': { page: () => '/desk/audit', form: () => ({}), outcomes: adminOnly('ok') },
  'app/desk/mail/actions.ts#retry': { page: () => '/desk/mail', form: ({ failedNoticeId }) => ({ noticeId: failedNoticeId }), outcomes: adminOnly('ok') },
  'app/notices/settings/actions.ts#saveSettings': { page: () => '/notices/settings', form: () => ({ topic: 'files' }), outcomes: { anonymous: 'refused unauthenticated', else: 'ok' } },
  'app/notices/actions.ts#markRead': { page: () => '/notices', form: () => ({}), outcomes: { anonymous: 'refused unauthenticated', else: 'ok' } },
  'app/welcome/actions.ts#nameOrganization': { page: () => '/welcome', form: () => ({ name: 'Matrix Organization' }), outcomes: { ...REFUSED, newcomer: 'to /cases', owner: 'refused already_in_organization', colleague: 'refused already_in_organization', stranger: 'refused already_in_organization' } },
  'app/sign-in/actions.ts#requestLink': { page: () => '/sign-in', form: (_world, who) => ({ email: `link-${who}-${Date.now()}@example.test` }), outcomes: all('to /sign-in/sent') },
  'app/account/actions.ts#signOutHere': { page: () => HOME, form: () => ({}), outcomes: all('to /') },
};
