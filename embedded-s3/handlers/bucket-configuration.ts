import { parseCorsConfiguration, renderCorsConfiguration } from '../cors/cors-rules';
import { S3Error } from '../errors';
import { parseLifecycleConfiguration, renderLifecycleConfiguration } from '../lifecycle/lifecycle-rules';
import { booleanOf, childOf, expectChildren, parseXml, textOf } from '../xml/parse-xml';
import { element, S3_NAMESPACE } from '../xml/write-xml';
import { MAX_CONFIGURATION_BYTES } from './buckets';
import { bucketOf, type Handler, type RequestContext, xmlReply } from './context';
import { requireBodyDigest } from './delete-objects';

const readBody = ({ body }: RequestContext): Promise<Buffer> => body.readAll(MAX_CONFIGURATION_BYTES);
const missing = (code: 'NoSuchCORSConfiguration' | 'NoSuchLifecycleConfiguration', { bucketName }: RequestContext) => new S3Error(code, { details: { BucketName: bucketName } });

export const putBucketVersioning: Handler = async (context) => {
  const bucket = bucketOf(context);
  const root = parseXml(await readBody(context), 'VersioningConfiguration');
  expectChildren(root, ['Status', 'MfaDelete']);
  if (textOf(root, 'MfaDelete') === 'Enabled') throw new S3Error('NotImplemented', { message: 'MFA delete is not implemented.' });
  const status = textOf(root, 'Status');
  if (status === undefined) throw new S3Error('IllegalVersioningConfigurationException');
  if (status !== 'Enabled' && status !== 'Suspended') throw new S3Error('MalformedXML');
  await bucket.changeSettings({ versioning: status });
  return { status: 200 };
};

export const getBucketVersioning: Handler = async (context) => {
  const { versioning } = bucketOf(context).settings;
  return xmlReply(element('VersioningConfiguration', [versioning !== 'Unversioned' && element('Status', versioning)], S3_NAMESPACE));
};

/** Only AES256 (SSE-S3) is there, and S3 has it on for every bucket; what can change is BucketKeyEnabled. */
export const putBucketEncryption: Handler = async (context) => {
  const bucket = bucketOf(context);
  const root = parseXml(await readBody(context), 'ServerSideEncryptionConfiguration');
  expectChildren(root, ['Rule']);
  const rule = childOf(root, 'Rule');
  if (rule === undefined) throw new S3Error('MalformedXML');
  if (childOf(rule, 'BlockedEncryptionTypes') !== undefined) throw new S3Error('NotImplemented', { message: 'BlockedEncryptionTypes is not implemented.' });
  expectChildren(rule, ['ApplyServerSideEncryptionByDefault', 'BucketKeyEnabled']);
  const byDefault = childOf(rule, 'ApplyServerSideEncryptionByDefault');
  if (byDefault === undefined) throw new S3Error('MalformedXML');
  expectChildren(byDefault, ['SSEAlgorithm', 'KMSMasterKeyID']);
  const algorithm = textOf(byDefault, 'SSEAlgorithm');
  if (algorithm?.startsWith('aws:')) throw new S3Error('NotImplemented', { message: 'Encryption with KMS keys is not implemented; use AES256.' });
  if (algorithm !== 'AES256') throw new S3Error('MalformedXML');
  if (childOf(byDefault, 'KMSMasterKeyID') !== undefined) throw new S3Error('InvalidArgument', { message: 'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms' });
  await bucket.changeSettings({ bucketKeyEnabled: booleanOf(rule, 'BucketKeyEnabled') ?? false });
  return { status: 200 };
};

export const getBucketEncryption: Handler = async (context) => {
  const { bucketKeyEnabled } = bucketOf(context).settings;
  const rule = element('Rule', [element('ApplyServerSideEncryptionByDefault', [element('SSEAlgorithm', 'AES256')]), element('BucketKeyEnabled', bucketKeyEnabled)]);
  return xmlReply(element('ServerSideEncryptionConfiguration', [rule], S3_NAMESPACE));
};

export const deleteBucketEncryption: Handler = async (context) => {
  await bucketOf(context).changeSettings({ bucketKeyEnabled: false });
  return { status: 204 };
};

export const putBucketCors: Handler = async (context) => {
  const bucket = bucketOf(context);
  requireBodyDigest(context);
  await bucket.changeSettings({ cors: parseCorsConfiguration(await readBody(context)) });
  return { status: 200 };
};

export const getBucketCors: Handler = async (context) => {
  const { cors } = bucketOf(context).settings;
  if (cors === undefined) throw missing('NoSuchCORSConfiguration', context);
  return xmlReply(renderCorsConfiguration(cors));
};

export const deleteBucketCors: Handler = async (context) => {
  await bucketOf(context).changeSettings({ cors: undefined });
  return { status: 204 };
};

export const putBucketLifecycle: Handler = async (context) => {
  const bucket = bucketOf(context);
  requireBodyDigest(context);
  await bucket.changeSettings({ lifecycle: parseLifecycleConfiguration(await readBody(context)) });
  return { status: 200 };
};

export const getBucketLifecycle: Handler = async (context) => {
  const { lifecycle } = bucketOf(context).settings;
  if (lifecycle === undefined) throw missing('NoSuchLifecycleConfiguration', context);
  return xmlReply(renderLifecycleConfiguration(lifecycle));
};

export const deleteBucketLifecycle: Handler = async (context) => {
  await bucketOf(context).changeSettings({ lifecycle: undefined });
  return { status: 204 };
};
