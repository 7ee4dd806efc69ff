import assert from 'node:assert/strict';
import { withoutIcons } from '../../../../src/platform/text/plain';

/** The pattern by which VS Code's lists find an icon in a label. */
const icon = /\$\([A-Za-z0-9-]+(?:~[A-Za-z]+)?\)/;

describe('a name that VS Code shows in several places', () => {
  it('holds no icon for a list that draws icons, and looks the same for one that does not', () => {
    const name = '$(trash) $(sync~spin) 5 $ (off)';
    assert.match(name, icon);
    const shown = withoutIcons(name);
    assert.doesNotMatch(shown, icon);
    assert.equal(shown.replaceAll('\u2060', ''), name);
  });
});
