import { patience } from './scripts/lib/patience.mjs';

/** A test that hangs ends the run in the end; everything else that waits has a shorter deadline, in `until`. */
export default { import: ['tsx'], require: ['./test/support/vscodeAlias.cjs'], timeout: patience(180_000) };
