import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { SavedTexts } from '../../../../src/changes/document/savedTexts';
import { Uri, workspace } from '../../../support/vscode';

const uri = Uri.from({ scheme: 'test', path: '/1/Contacts' }) as unknown as vscode.Uri;

describe('the saved texts', () => {
  const document = { uri, isDirty: false, text: 'a', getText: () => document.text };
  const change = (contentChanges: readonly object[]) =>
    ({ document, contentChanges }) as unknown as vscode.TextDocumentChangeEvent;
  let texts: SavedTexts;

  beforeEach(() => {
    texts = new SavedTexts();
    workspace.textDocuments = [document];
    Object.assign(document, { isDirty: false, text: 'a' });
  });
  afterEach(() => {
    workspace.textDocuments = [];
  });

  it('take a document for unsaved if VS Code says so', () => {
    assert.equal(texts.isUnsaved(uri), false);
    document.isDirty = true;
    assert.equal(texts.isUnsaved(uri), true);
  });

  it('take a document for unsaved that was typed in while it was saved', () => {
    texts.saved(uri, 'a');
    document.text = 'ab';
    // VS Code says that it is saved.
    texts.changed(change([]));
    assert.equal(texts.isUnsaved(uri), true);
    texts.saved(uri, 'ab');
    assert.equal(texts.isUnsaved(uri), false);
  });

  it('take a document for saved that VS Code loaded again', () => {
    texts.saved(uri, 'a');
    document.text = 'from the disk';
    texts.changed(change([{}]));
    assert.equal(texts.isUnsaved(uri), false);
  });

  it('take a closed document for saved', () => {
    texts.saved(uri, 'b');
    workspace.textDocuments = [];
    assert.equal(texts.isUnsaved(uri), false);
  });
});
