/** Checks the patches that remove fixes from the product: see CONTRIBUTING.md, "Test". */
import { patchedFile } from './sabotage/build';
import { draftPatches } from './sabotage/draftPatches';
import { savingPatches } from './sabotage/savingPatches';

describe('each mend that can be taken out', () => {
  for (const { name, mend, replacements } of [...draftPatches, ...savingPatches])
    it(`still fits: ${name}, ${mend}`, async () => {
      for (const file of new Set(replacements.map((one) => one.file))) await patchedFile(file, replacements);
    });
});
