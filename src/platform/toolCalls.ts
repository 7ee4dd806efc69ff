/** Answers the calls of language models if a bundle cannot be loaded. A throw would make VS Code log the input. */
import * as vscode from 'vscode';
import type { ToolId } from '../manifest';

export interface ToolCalls {
  /** Describes the call of a language model for the user's confirmation. Asks nothing of the network. */
  prepareTool(id: ToolId, input: unknown): Promise<vscode.PreparedToolInvocation>;
  callTool(
    id: ToolId,
    input: unknown,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult>;
}

export function toTool(id: ToolId, tools: () => Promise<ToolCalls>): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async ({ input }) => {
      try {
        return await (await tools()).prepareTool(id, input);
      } catch {
        return { confirmationMessages: question() };
      }
    },
    invoke: async ({ input }, token) => {
      try {
        return await (await tools()).callTool(id, input, token);
      } catch {
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(notLoaded)]);
      }
    },
  };
}

/** In English, because it is for a language model. */
const notLoaded =
  'Not done: a part of the extension Ctrl Hub could not be loaded, so nothing was read or staged. Ask the person to run "Developer: Reload Window". Do not try again before that.';

/** Without a question, VS Code may call the tool unasked. */
function question() {
  const { t } = vscode.l10n;
  const why = t('This will be refused: a part of the extension could not be loaded.');
  return {
    title: t('An assistant asks for contacts of Ctrl Hub'),
    message: t('{0} Nothing is read or changed.', why),
  };
}
