import assert from 'node:assert/strict';
import { commands } from '../../../../src/changes/ui/changes';
import type { Services } from '../../../../src/commands/common/services';

describe('the command that reviews changes', () => {
  it('saves the open texts first, but not those in which somebody types while an assistant proposes', async () => {
    let saved = 0;
    const settle = async () => {
      saved++;
      return false;
    };
    const services = Object.assign({} as Services, {
      texts: async () => ({ documents: { settle } }),
      session: { ready: async () => undefined },
      data: { current: undefined },
    });
    await commands.reviewChanges(services, 'keepFocus', []);
    assert.equal(saved, 0);
    await commands.reviewChanges(services, undefined, []);
    assert.equal(saved, 1);
  });
});
