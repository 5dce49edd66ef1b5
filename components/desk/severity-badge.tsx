import { ChevronDown, ChevronsUp, ChevronUp, type LucideIcon, Minus } from 'lucide-react';
import { type Severity, SEVERITY_LABELS } from '@/domain/cases';
import { Badge } from '../ui/badge';
import { type Tone } from '../ui/tone';

const LOOK: Readonly<Record<Severity, { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon }>> = {
  critical: { word: 'Critical', tone: 'danger', icon: ChevronsUp },
  high: { word: 'High', tone: 'warning', icon: ChevronUp },
  normal: { word: 'Normal', tone: 'neutral', icon: Minus },
  low: { word: 'Low', tone: 'neutral', icon: ChevronDown },
};

/** How severe a case is, in one word; the whole meaning is in the title. */
export function SeverityBadge({ severity }: { readonly severity: Severity }) {
  const look = LOOK[severity];
  return (
    <Badge tone={look.tone} icon={look.icon} title={SEVERITY_LABELS[severity]}>
      {look.word}
    </Badge>
  );
}
