/** The open documents that hold contacts as text. */
import type { Scope } from '../scope';

export interface ContactDocuments {
  /** Opens these contacts as one text. */
  open(scope: Scope): Promise<void>;
}
