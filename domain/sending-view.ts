import { type NextStep } from './case-tasks';
import { type CaseView, type FileRequestView } from './case-view';
import { type FileView } from './file-view';

/** What the page for sending knows of its case; it asks for it again whenever something changes. */
export type SendingView = {
  readonly maySend: boolean;
  /** What is to be done first where nothing may be sent. */
  readonly nextStep: NextStep;
  readonly fileRequests: readonly FileRequestView[];
  /** Every file of the case as the portal has it. */
  readonly files: readonly FileView[];
};

/** The same from what the pages of a case know. */
export function sendingViewOf({ maySend, nextStep, fileRequests }: CaseView, files: readonly FileView[]): SendingView {
  return { maySend, nextStep, fileRequests, files };
}
