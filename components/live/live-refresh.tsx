'use client';

import { useRouter } from 'next/navigation';
import { type LiveTopic } from '@/domain/live';
import { LiveWord } from './live-word';
import { useLive } from './use-live';

/**
 * Keeps a server-rendered page up to date: whenever something within `topic` changes, the page is asked for again. Not for a page
 * that sends files: a refresh that fails becomes a navigation (see components/upload/use-sending-view.ts).
 */
export function LiveRefresh({ topic }: { readonly topic: LiveTopic }) {
  const router = useRouter();
  return <LiveWord connection={useLive(topic, () => router.refresh())} />;
}
