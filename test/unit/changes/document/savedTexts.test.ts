import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { SavedTexts } from '../../../../src/changes/document/savedTexts';

const uri = { toString: () => 'test:/1/Contacts' } as vscode.Uri;

describe('the saved texts', () => {
  const document = { uri, isDirty: false, text: 'a', getText: () => document.text };
  let texts: SavedTexts;

  beforeEach(() => {
    texts = new SavedTexts();
    Object.assign(document, { isDirty: false, text: 'a' });
  });

  it('take a document for unsaved if VS Code says so', () => {
    assert.equal(texts.isUnsaved(document), false);
    document.isDirty = true;
    assert.equal(texts.isUnsaved(document), true);
  });

  it('take a document for unsaved that was typed in while it was saved', () => {
    texts.saved(uri, 'a');
    document.text = 'ab';
    // VS Code says that it is saved.
    texts.changed({ document, contentChanges: [] });
    assert.equal(texts.isUnsaved(document), true);
    texts.saved(uri, 'ab');
    assert.equal(texts.isUnsaved(document), false);
  });

  it('take a document for saved that VS Code loaded again', () => {
    texts.saved(uri, 'a');
    document.text = 'from the disk';
    texts.changed({ document, contentChanges: [{}] });
    assert.equal(texts.isUnsaved(document), false);
  });

  it('know nothing of a document that was closed and opened again', () => {
    texts.saved(uri, 'b');
    texts.forget(uri);
    assert.equal(texts.isUnsaved(document), false);
  });
});
