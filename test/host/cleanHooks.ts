/** Around the host tests: each begins with nothing open and a server without faults, each file in a new window. */
import Mocha from 'mocha';
import { forgetFaults } from '../support/apiServer';
import { closeAll, reset, revertDrafts } from '../support/cleanWindow';

export const cleanHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    forgetFaults();
    await closeAll();
    // Its drafts would be in the way of the next test.
    if (this.currentTest?.isFailed()) await revertDrafts().catch(() => undefined);
  },
};

/** Before all that a file does itself. */
export function resetBeforeEachFile(root: Mocha.Suite): void {
  root.on(Mocha.Suite.constants.EVENT_SUITE_ADD_SUITE, (file: Mocha.Suite) => {
    file.beforeAll('a known state', reset);
  });
}
