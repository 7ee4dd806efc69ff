/** Changing many contacts at once: a bundle of its own, as most windows edit one contact at a time. */
import { applyChanges, forgetApplied, forgetChanges, reviewChanges, undoChanges } from '../review/commands';
import { verifyApplied } from '../review/verifyAtStart';
import { checkContacts, editAsText } from './editAsText';

export const commands = {
  applyChanges,
  checkContacts,
  editAsText,
  forgetChanges,
  reviewChanges,
  undoChanges,
} as const;

export const actions = { forgetApplied, verifyApplied } as const;
