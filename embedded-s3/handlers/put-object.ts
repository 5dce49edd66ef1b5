import { bucketOf, type Handler } from './context';
import { writePrecondition } from './conditions';
import { checkPutHeaders, putReplyHeaders, readMetadata } from './object-headers';

/** PutObject. What can be refused from the headers is refused before the body is read. */
export const putObject: Handler = async (context) => {
  const { key, headers, body, store, now } = context;
  const bucket = bucketOf(context);
  checkPutHeaders(headers);
  const metadata = readMetadata(headers);
  body.checkLength();
  body.expectedDigests();
  const precondition = writePrecondition(key, headers);
  precondition(bucket.currentObject(key));
  const received = await body.receive(store.temporaryFolder);
  const object = await bucket.put({ key, body: received.body, metadata, checksum: received.checksum, now, precondition });
  return { status: 200, headers: putReplyHeaders(bucket.settings, object) };
};
