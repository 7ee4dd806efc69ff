import assert from 'node:assert/strict';
import { environmentName } from '../../../../src/platform/text/environmentNames';
import { sampleDataOrigin } from '../../../../src/session/environment';

describe('the name of an environment', () => {
  it('is its own, or else its host; sample data shows no address, which would lead nowhere', () => {
    assert.deepEqual(
      [
        'https://api.ctrl-hub.com',
        'https://api.ctrl-hub.dev',
        'https://crm.example:8443',
        sampleDataOrigin,
      ].map(environmentName),
      ['Production', 'Staging', 'crm.example:8443', 'Sample data'],
    );
  });
});
