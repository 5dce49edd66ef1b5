const STEPS = [
  { title: 'Open a case', text: 'Say what failed and how badly. You get a reference that can be read over the phone.' },
  { title: 'Accept the policy, settle the NDA', text: 'Plain words on who can see what you send and when it is erased. A mutual NDA is offered; signing it is your choice unless the case needs one.' },
  { title: 'Send the files', text: 'Your browser compresses each file and sends it straight to storage. A lost connection costs a segment, not the file. A server without a browser sends with one command.' },
  { title: 'Watch it, and see it gone', text: 'The portal reads every file back and gives you a signed receipt. You see the days that are left, until it is erased.' },
] as const;

/** The way of a case in four steps. */
export function HowItWorks() {
  return (
    <ol className="grid gap-x-8 gap-y-6 sm:grid-cols-2 lg:grid-cols-4">
      {STEPS.map((step, at) => (
        <li key={step.title} className="border-t-2 border-accent pt-3">
          <p className="text-sm font-medium text-accent">Step {at + 1}</p>
          <h3 className="mt-0.5 font-semibold">{step.title}</h3>
          <p className="mt-1 text-[0.9375rem] text-muted">{step.text}</p>
        </li>
      ))}
    </ol>
  );
}
