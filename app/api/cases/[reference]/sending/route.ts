import { sendingViewOf } from '@/domain/sending-view';
import { getCase } from '@/server/case/get-case';
import { listCaseFiles } from '@/server/file/list-case-files';
import { apiRoute } from '@/server/http/api-route';
import { caseParams } from '@/server/http/file-params';
import { refuseMethods } from '@/server/http/refuse-methods';

/** For the page that sends, which must not be drawn again by the server while it holds files. */
export const GET = apiRoute({
  auth: 'session',
  params: caseParams,
  handler: async ({ actor, now, params: { reference } }) => {
    const [view, files] = await Promise.all([getCase({ actor, reference, now }), listCaseFiles({ actor, reference })]);
    return { body: sendingViewOf(view, files) };
  },
});

export const { POST, PUT, PATCH, DELETE } = refuseMethods('GET');
