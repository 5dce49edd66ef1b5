import { ROLE_LABELS } from '@/domain/roles';

/** The roles that a person of the vendor can have, with what each can do. */
export const STAFF_ROLE_OPTIONS = [
  { value: 'support', label: ROLE_LABELS.support, hint: 'Sees every case, asks for files, closes cases. No raw data.' },
  { value: 'data_admin', label: ROLE_LABELS.data_admin, hint: 'Can ask for access to raw data: with a reason, for a limited time, and the customer is told.' },
  { value: 'admin', label: ROLE_LABELS.admin, hint: 'Staff, texts, audit log. Never raw data.' },
] as const;
