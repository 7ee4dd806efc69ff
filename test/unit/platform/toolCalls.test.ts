import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { toolIds } from '../../../src/manifest';
import { toTool } from '../../../src/platform/toolCalls';

const input = { query: 'Ann' };
const token: vscode.CancellationToken = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};
const options = { input, toolInvocationToken: undefined };
const textOf = (result: vscode.LanguageModelToolResult | null | undefined) =>
  result?.content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');

describe('a tool for language models', () => {
  it('answers also where its bundle cannot be loaded, and still asks the person first', async () => {
    const tool = toTool(toolIds.findContacts, async () => {
      throw new Error(`Cannot find module for ${input.query}`);
    });
    const prepared = await tool.prepareInvocation?.({ input }, token);
    const { title, message } = prepared?.confirmationMessages ?? assert.fail('no question');
    assert.ok(title);
    assert.match(String(message), /could not be loaded\. Nothing is read/);
    const text = textOf(await tool.invoke(options, token));
    assert.match(String(text), /^Not done: .*Reload Window/);
    assert.doesNotMatch(`${text} ${message}`, /Ann|module/);
  });

  it('tries to load it again at the next call', async () => {
    let calls = 0;
    const tool = toTool(toolIds.findContacts, async () => {
      if (++calls === 1) throw new Error('the disk is busy');
      return {
        prepareTool: async () => ({}),
        callTool: async () => ({ content: [{ value: 'found' }] }),
      };
    });
    assert.match(String(textOf(await tool.invoke(options, token))), /^Not done/);
    assert.equal(textOf(await tool.invoke(options, token)), 'found');
  });
});
