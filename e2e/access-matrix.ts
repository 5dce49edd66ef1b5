import { ADMIN, adminOnly, all, CUSTOMERS, customersOnly, keyOfCase, KEYS_NOT_FOUND, NEWCOMER_REFUSED, NO_SUCH, NOT_FOUND, OWN_CASE, OWN_DOWNLOAD, ownCase, ownCaseOnly, ownCasePage, readers, REFUSED, SIGN_IN, SIGNED_IN, STAFF, SUBCONTRACTOR, UNAUTHENTICATED } from './support/outcomes';
import { type World } from './support/world';

/** Who knocks. `owner` opened the case, `colleague` is of the same organization, `stranger` is a customer of another one, `newcomer` has none yet. */
export const PEOPLE = ['anonymous', 'newcomer', 'owner', 'colleague', 'stranger', 'support', 'data_admin', 'admin', 'subcontractor'] as const;
export type Person = (typeof PEOPLE)[number];
/** Upload keys: of the owner's case, and of the stranger's. */
export const KEYS = ['key_of_case', 'key_of_other_case'] as const;
export type Key = (typeof KEYS)[number];

/** The outcome for each, with `else` for those that are not named. See support/knock.ts for the words. */
export type Outcomes = Partial<Record<Person, string>> & { readonly else: string };

/** Pages and plain downloads: what each person gets at an address of the owner's case. */
export const PAGES: Readonly<Record<string, { readonly address: (world: World) => string; readonly outcomes: (world: World) => Outcomes }>> = {
  'GET /': { address: () => '/', outcomes: () => ({ anonymous: 'ok', newcomer: 'to /welcome', support: 'to /desk', data_admin: 'to /desk', admin: 'to /desk', subcontractor: 'to /shared', else: 'to /cases' }) },
  'GET /policy': { address: () => '/policy', outcomes: () => all('ok') },
  'GET /policy/[version]': { address: () => '/policy/1.0', outcomes: () => all('ok') },
  'GET /guides': { address: () => '/guides', outcomes: () => all('ok') },
  'GET /guides/[slug]': { address: () => '/guides/take-a-heap-dump', outcomes: () => all('ok') },
  'GET /nda/[version]/template.pdf': { address: () => '/nda/1.0/template.pdf', outcomes: () => all('ok') },
  'GET /verify': { address: () => '/verify', outcomes: () => all('ok') },
  'GET /send.sh': { address: () => '/send.sh', outcomes: () => all('ok') },
  'GET /send.ps1': { address: () => '/send.ps1', outcomes: () => all('ok') },
  'GET /.well-known/airlock/receipt-key.pem': { address: () => '/.well-known/airlock/receipt-key.pem', outcomes: () => all('ok') },
  'GET /sign-in': { address: () => '/sign-in', outcomes: () => ({ anonymous: 'ok', else: 'to /' }) },
  'GET /sign-in/sent': { address: () => '/sign-in/sent', outcomes: () => all('ok') },
  'GET /sign-in/link': { address: () => '/sign-in/link', outcomes: () => all('ok') },
  'GET /invitation': { address: () => '/invitation', outcomes: () => all('ok') },
  'GET /welcome': { address: () => '/welcome', outcomes: () => ({ ...SIGN_IN, newcomer: 'ok', else: 'to /' }) },
  'GET /account': { address: () => '/account', outcomes: () => SIGNED_IN },
  'GET /notices': { address: () => '/notices', outcomes: () => ({ ...SIGNED_IN, newcomer: 'to /welcome' }) },
  'GET /organization': { address: () => '/organization', outcomes: () => CUSTOMERS },
  'GET /dev/outbox': { address: () => '/dev/outbox', outcomes: () => all('ok') },
  'GET /cases': { address: () => '/cases', outcomes: () => ({ ...CUSTOMERS, support: 'to /desk', data_admin: 'to /desk', admin: 'to /desk' }) },
  'GET /cases/new': { address: () => '/cases/new', outcomes: () => CUSTOMERS },
  'GET /cases/[reference]': { address: ({ reference }) => `/cases/${reference}`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/policy': { address: ({ reference }) => `/cases/${reference}/policy`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/nda': { address: ({ reference }) => `/cases/${reference}/nda`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/nda/template.pdf': { address: ({ reference }) => `/cases/${reference}/nda/template.pdf`, outcomes: () => OWN_DOWNLOAD },
  'GET /cases/[reference]/files/new': { address: ({ reference }) => `/cases/${reference}/files/new`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/files/[fileId]': { address: ({ reference, fileId }) => `/cases/${reference}/files/${fileId}`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/files/[fileId]/receipt': { address: ({ reference, fileId }) => `/cases/${reference}/files/${fileId}/receipt`, outcomes: () => ({ ...OWN_CASE, support: 'ok', data_admin: 'ok', admin: 'ok' }) },
  'GET /cases/[reference]/erase': { address: ({ reference }) => `/cases/${reference}/erase`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/files/[fileId]/erase': { address: ({ reference, fileId }) => `/cases/${reference}/files/${fileId}/erase`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /cases/[reference]/erasures/[orderId]': { address: ({ reference, orderId }) => `/cases/${reference}/erasures/${orderId}`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  ...Object.fromEntries(['json', 'sig', 'pdf'].map((part) => [`GET /cases/[reference]/erasures/[orderId]/certificate.${part}`, { address: ({ reference, orderId }: World) => `/cases/${reference}/erasures/${orderId}/certificate.${part}`, outcomes: (): Outcomes => ({ ...OWN_DOWNLOAD, support: NO_SUCH, data_admin: NO_SUCH, admin: NO_SUCH }) }])),
  'GET /desk': { address: () => '/desk', outcomes: () => STAFF },
  'GET /cases/[reference]/files/by-curl': { address: ({ reference }) => `/cases/${reference}/files/by-curl`, outcomes: ({ reference }) => ownCasePage(`/desk/cases/${reference}`) },
  'GET /desk/storage': { address: () => '/desk/storage', outcomes: () => STAFF },
  'GET /desk/files': { address: () => '/desk/files', outcomes: () => STAFF },
  'GET /desk/cases/[reference]': { address: ({ reference }) => `/desk/cases/${reference}`, outcomes: () => STAFF },
  ...Object.fromEntries(['sign', 'send', 'paper-copy'].map((way) => [`GET /cases/[reference]/nda/${way}`, { address: ({ reference }: World) => `/cases/${reference}/nda/${way}`, outcomes: ({ reference }: World) => ownCasePage(`/desk/cases/${reference}`) }])),
  'GET /nda/agreements/[agreementId]': { address: ({ agreementId }) => `/nda/agreements/${agreementId}`, outcomes: ({ agreementId }) => ownCasePage(`/desk/ndas/${agreementId}`) },
  ...Object.fromEntries(['agreement.pdf', 'evidence.zip', 'paper-copy'].map((file) => [`GET /nda/agreements/[agreementId]/${file}`, { address: ({ agreementId }: World) => `/nda/agreements/${agreementId}/${file}`, outcomes: () => OWN_DOWNLOAD }])),
  /** Without the cookie of a signing session there is nothing, whoever is signed in. */
  'GET /signing/link': { address: () => '/signing/link', outcomes: () => all('ok') },
  'GET /signing/ended': { address: () => '/signing/ended', outcomes: () => all('ok') },
  ...Object.fromEntries(['code', 'read', 'sign', 'done', 'decline', 'forward'].map((screen) => [`GET /signing/[agreementId]/${screen}`, { address: ({ agreementId }: World) => `/signing/${agreementId}/${screen}`, outcomes: () => all('to /signing/ended') }])),
  'GET /signing/[agreementId]/document.pdf': { address: ({ agreementId }) => `/signing/${agreementId}/document.pdf`, outcomes: () => all('410 signing_session_ended') },
  'GET /desk/raw-access': { address: ({ reference }) => `/desk/raw-access?case=${reference}`, outcomes: () => ({ ...ADMIN, data_admin: 'ok' }) },
  'GET /shared': { address: () => '/shared', outcomes: () => SUBCONTRACTOR },
  'GET /shared/[id]': { address: ({ access }) => `/shared/${access.sharing.shared}`, outcomes: () => SUBCONTRACTOR },
  'GET /desk/ndas': { address: () => '/desk/ndas', outcomes: () => STAFF },
  'GET /desk/ndas/[agreementId]': { address: ({ agreementId }) => `/desk/ndas/${agreementId}`, outcomes: () => STAFF },
  'GET /desk/nda-settings': { address: () => '/desk/nda-settings', outcomes: () => ADMIN },
  'GET /desk/nda-settings/drafts/[draftId]': { address: ({ draftId }) => `/desk/nda-settings/drafts/${draftId}`, outcomes: () => ADMIN },
  'GET /desk/nda-settings/drafts/[draftId]/preview.pdf': { address: ({ draftId }) => `/desk/nda-settings/drafts/${draftId}/preview.pdf`, outcomes: () => ({ anonymous: '401 unauthenticated', admin: 'ok', else: '404 not_found' }) },
  'GET /desk/nda-settings/[version]': { address: () => '/desk/nda-settings/1.0', outcomes: () => ADMIN },
  'GET /cases/[reference]/outputs/[outputId]': { address: ({ reference, retention }) => `/cases/${reference}/outputs/${retention.outputId}`, outcomes: () => ({ ...OWN_CASE, support: 'ok', data_admin: 'ok', admin: 'ok' }) },
  'GET /desk/settings': { address: () => '/desk/settings', outcomes: () => ADMIN },
  'GET /desk/audit': { address: () => '/desk/audit', outcomes: () => ADMIN },
  'GET /desk/audit/events.jsonl': { address: () => '/desk/audit/events.jsonl', outcomes: () => ({ anonymous: '401 unauthenticated', admin: 'ok', else: '404 not_found' }) },
  'GET /desk/mail': { address: () => '/desk/mail', outcomes: () => ADMIN },
  'GET /desk/people': { address: () => '/desk/people', outcomes: () => ADMIN },
  'GET /notices/settings': { address: () => '/notices/settings', outcomes: () => ({ ...SIGNED_IN, newcomer: 'to /welcome' }) },
  'GET /desk/staff': { address: () => '/desk/staff', outcomes: () => ADMIN },
};

export type ApiRow = {
  readonly address: (world: World) => string;
  readonly body?: (world: World) => unknown;
  readonly outcomes: Outcomes;
  /** Where the entry point takes an UploadKey. Without it a key is no more than nobody. */
  readonly keys?: Readonly<Record<Key, string>>;
};

const segment = { index: 1, rawSizeBytes: 10, rawSha256: 'a'.repeat(64), sizeBytes: 30, sha256: 'b'.repeat(64) };

export const API: Readonly<Record<string, ApiRow>> = {
  'POST /api/v1/cases/[reference]/files': {
    address: ({ reference }) => `/api/v1/cases/${reference}/files`,
    body: () => ({ name: 'matrix.log', kind: 'component_log', sizeBytes: 10, encoding: 'raw' }),
    outcomes: ownCase('ok'),
    keys: { key_of_case: 'ok', key_of_other_case: NOT_FOUND },
  },
  'GET /api/v1/files/[fileId]': { address: ({ fileId }) => `/api/v1/files/${fileId}`, outcomes: readers('ok'), keys: KEYS_NOT_FOUND },
  'POST /api/v1/files/[fileId]/segments': { address: ({ openFileId }) => `/api/v1/files/${openFileId}/segments`, body: () => ({ segments: [segment] }), outcomes: ownCase('ok'), keys: keyOfCase('ok') },
  'POST /api/v1/files/[fileId]/segments/stored': { address: ({ openFileId }) => `/api/v1/files/${openFileId}/segments/stored`, body: () => ({ indexes: [1] }), outcomes: ownCase('ok'), keys: keyOfCase('ok') },
  'POST /api/v1/files/[fileId]/complete': { address: ({ openFileId }) => `/api/v1/files/${openFileId}/complete`, body: () => ({ segmentCount: 1 }), outcomes: ownCase('409 segments_missing'), keys: keyOfCase('409 segments_missing') },
  'GET /api/v1/files/[fileId]/receipt': { address: ({ fileId }) => `/api/v1/files/${fileId}/receipt`, outcomes: readers('ok'), keys: KEYS_NOT_FOUND },
  'DELETE /api/v1/files/[fileId]': { address: ({ fileId }) => `/api/v1/files/${fileId}`, outcomes: ownCase('409 file_wrong_state'), keys: KEYS_NOT_FOUND },
  /** Who may hand in a copy is asked before what they send is read: this is no form. */
  'POST /api/cases/[reference]/nda/paper-copy': { address: ({ reference }) => `/api/cases/${reference}/nda/paper-copy`, body: () => ({}), outcomes: ownCase('415 unsupported_media_type') },
  'GET /api/v1/upload-key': { address: () => '/api/v1/upload-key', outcomes: all('401 upload_key_invalid'), keys: { key_of_case: 'ok', key_of_other_case: 'ok' } },
  'POST /api/verify/hash': { address: () => '/api/verify/hash', body: () => ({ sha256: 'a'.repeat(64) }), outcomes: all('ok') },
  /** Anybody may ask; what they send here is no PDF. */
  'POST /api/verify': { address: () => '/api/verify', body: () => ({}), outcomes: all('415 unsupported_media_type') },
  /** Granted to the data administrator, and announced: they get it, once. Nobody else does, by any role. */
  'GET /api/raw-access/[grantId]/files/[fileId]': { address: ({ access, fileId }) => `/api/raw-access/${access.grants.readable}/files/${fileId}`, outcomes: { ...UNAUTHENTICATED, data_admin: 'ok', else: NOT_FOUND } },
  'GET /api/health': { address: () => '/api/health', outcomes: all('ok') },
  'GET /api/v1/openapi.json': { address: () => '/api/v1/openapi.json', outcomes: all('ok') },
  'GET /api/cases/[reference]/sending': { address: ({ reference }) => `/api/cases/${reference}/sending`, outcomes: readers('ok') },
  'GET /api/live': { address: ({ caseId }) => `/api/live?topic=case:${caseId}`, outcomes: { ...readers('ok'), newcomer: NOT_FOUND } },
  'GET /api/[...path]': { address: () => '/api/nothing/here', outcomes: all(NOT_FOUND) },
  'POST /api/[...path]': { address: () => '/api/nothing/here', outcomes: all(NOT_FOUND) },
  'PUT /api/[...path]': { address: () => '/api/nothing/here', outcomes: all(NOT_FOUND) },
  'PATCH /api/[...path]': { address: () => '/api/nothing/here', outcomes: all(NOT_FOUND) },
  'DELETE /api/[...path]': { address: () => '/api/nothing/here', outcomes: all(NOT_FOUND) },
  'GET /api/auth/[...nextauth]': { address: () => '/api/auth/csrf', outcomes: all('ok') },
  'POST /api/auth/[...nextauth]': { address: () => '/api/auth/callback/demo', outcomes: all('to /api/auth/signin') },
};

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
