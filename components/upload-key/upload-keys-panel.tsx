import Link from 'next/link';
import { type UploadKeyView } from '@/domain/upload-key';
import { type FormAction } from '@/lib/form-state';
import { Panel } from '../ui/panel';
import { MakeKey } from './make-key';
import { UploadKeyList } from './upload-key-list';

export type UploadKeysPanelProps = {
  readonly reference: string;
  readonly portalUrl: string;
  readonly maySend: boolean;
  readonly keys: readonly UploadKeyView[];
  readonly makeKey: FormAction;
  readonly revokeKey: FormAction;
};

/** Sending from a machine that has only a shell: keys, the command, and what the keys were used for. Nothing where neither is possible. */
export function UploadKeysPanel({ reference, portalUrl, maySend, keys, makeKey, revokeKey }: UploadKeysPanelProps) {
  if (!maySend && keys.length === 0) return null;
  return (
    <Panel id="upload-keys" title="Send from a machine without a browser" flush>
      {maySend ? (
        <div className="space-y-4 p-4">
          <p className="max-w-[72ch]">
            Make an upload key and run one command on the server. The key can send files to this case and go on with unfinished ones, and nothing else: it reads no content and no other case. It ends after 72 hours, when you revoke it, or when the case closes.{' '}
            <Link className="link" href="/guides/send-from-a-server">
              More about sending from a server
            </Link>
          </p>
          <p className="max-w-[72ch] text-sm text-muted">
            You used to send with <code className="font-mono">aws s3api put-object</code>, or compressed one file yourself?{' '}
            <Link className="link inline-block min-h-6" href={`/cases/${reference}/files/by-curl`}>
              Get one curl line for one file
            </Link>
          </p>
          <MakeKey action={makeKey} reference={reference} portalUrl={portalUrl} />
        </div>
      ) : null}
      {keys.length > 0 ? (
        <div className={maySend ? 'border-t' : undefined}>
          <UploadKeyList keys={keys} revoke={revokeKey} />
        </div>
      ) : null}
    </Panel>
  );
}
