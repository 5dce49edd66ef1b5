'use server';

import { revalidatePath } from 'next/cache';
import { ROLE_LABELS } from '@/domain/roles';
import { formAction } from '@/server/http/form-action';
import { addStaffUser } from '@/server/user/add-staff-user';
import { changeStaffRole } from '@/server/user/change-staff-role';
import { disableUser } from '@/server/user/disable-user';
import { enableUser } from '@/server/user/enable-user';
import { addStaffUserInput, changeStaffRoleInput, staffUserInput } from '@/server/user/staff-rules';

const refresh = () => revalidatePath('/desk/staff');

export const addStaff = formAction(addStaffUserInput, async ({ actor, input, now }) => {
  await addStaffUser({ actor, now, ...input });
  refresh();
  return { message: `The account was made (${ROLE_LABELS[input.role].toLowerCase()}), and its owner was told by e-mail.`, values: {} };
});

export const changeRole = formAction(changeStaffRoleInput, async ({ actor, input, now }) => {
  await changeStaffRole({ actor, now, ...input });
  refresh();
});

export const disable = formAction(staffUserInput, async ({ actor, input, now }) => {
  await disableUser({ actor, now, userId: input.userId });
  refresh();
});

export const enable = formAction(staffUserInput, async ({ actor, input, now }) => {
  await enableUser({ actor, now, userId: input.userId });
  refresh();
});
