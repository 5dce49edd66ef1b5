/** The same for who erases themselves and for an administrator. */
export function WhatErasureDoes() {
  return (
    <ul className="max-w-[68ch] list-disc space-y-1 pl-5">
      <li>Name and e-mail address are emptied. All sessions and links end, and upload keys that this person made.</li>
      <li>The link from the pseudonym in the audit log and in the logs to this person is cut for good. What they did stays, as done by a person since erased.</li>
      <li>Cases and files stay with the organization, until their dates.</li>
      <li>Agreements that were signed stay with the name and address of who signed: they are evidence for both sides.</li>
    </ul>
  );
}
