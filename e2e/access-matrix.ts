import { ADMIN, all, CUSTOMERS, keyOfCase, KEYS_NOT_FOUND, NO_SUCH, NOT_FOUND, OWN_CASE, OWN_DOWNLOAD, ownCase, ownCasePage, readers, SIGN_IN, SIGNED_IN, STAFF, SUBCONTRACTOR, UNAUTHENTICATED } from './support/outcomes';
import { type Key, type Outcomes } from './support/who-knocks';
import { type World } from './support/world';

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
