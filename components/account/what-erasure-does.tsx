/** The same for who erases themselves (`isYou`) and for an administrator who erases somebody. */
export function WhatErasureDoes({ isYou = false }: { readonly isYou?: boolean }) {
  return (
    <ul className="max-w-[68ch] list-disc space-y-1 pl-5">
      <li>Name and e-mail address are emptied. All sessions and links end, and upload keys that {isYou ? 'you' : 'this person'} made.</li>
      <li>The link from the pseudonym in the audit log and in the logs to {isYou ? 'you' : 'this person'} is cut for good. What {isYou ? 'you' : 'they'} did stays, as done by a person since erased.</li>
      <li>Cases and files stay with the organization, until their dates.</li>
      <li>Agreements that were signed stay with the name and address of who signed: they are evidence for both sides.</li>
    </ul>
  );
}
