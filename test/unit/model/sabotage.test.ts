/** The patches that take mends out of the product: see CONTRIBUTING.md, "Test". */
import { patchedFile } from '../../model/sabotage/build';
import { patches } from '../../model/sabotage/patches';

describe('each mend that can be taken out', () => {
  for (const { name, mend, replacements } of patches)
    it(`still fits: ${name}, ${mend}`, async () => {
      for (const file of new Set(replacements.map((one) => one.file))) await patchedFile(file, replacements);
    });
});
