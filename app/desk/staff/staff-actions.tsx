import { STAFF_ROLE_OPTIONS } from '@/components/desk/staff-role-options';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { RadioGroup } from '@/components/ui/radio-group';
import { type StaffView } from '@/server/user/list-staff';
import { changeRole, disable, enable } from './actions';

/** What an administrator can do to a colleague's account. */
export function StaffActions({ person }: { readonly person: StaffView }) {
  const values = { userId: person.userId };
  const name = person.name ?? person.email ?? 'this person';
  const about = <span className="sr-only"> of {name}</span>;
  return (
    <div className="flex flex-wrap gap-2 md:justify-end">
      <ConfirmDialog triggerLabel={<span>Change role{about}</span>} triggerSize="sm" title={`Change the role of ${name}`} confirmLabel="Change it" pendingLabel="Changing" action={changeRole} values={values}>
        <RadioGroup name="role" id={`role-${person.userId}`} label="Role" options={STAFF_ROLE_OPTIONS} defaultValue={person.role} />
        <p className="text-sm text-muted">Their sessions end; the new role starts with their next sign-in.</p>
      </ConfirmDialog>
      {person.disabledAt ? (
        <ConfirmDialog triggerLabel={<span>Open again{about}</span>} triggerSize="sm" title={`Open the account of ${name} again?`} confirmLabel="Open it" pendingLabel="Opening" action={enable} values={values}>
          <p>They can sign in again.</p>
        </ConfirmDialog>
      ) : (
        <ConfirmDialog triggerLabel={<span>Shut{about}</span>} triggerSize="sm" title={`Shut the account of ${name}?`} confirmLabel="Shut it" pendingLabel="Shutting" tone="danger" action={disable} values={values}>
          <p>They are signed out everywhere and cannot sign in. What they did stays on record. You can open the account again.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
