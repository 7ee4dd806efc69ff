/**
 * Shows a plan as two read-only documents side by side. They hold personal data, and are emptied when the review
 * closes.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../../base/event';
import type { Plan } from '../plan/plan';
import { planTexts } from '../plan/planTexts';

const scheme = 'ctrl-hub-plan';

export class PlanDocuments implements vscode.TextDocumentContentProvider, Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #registered = vscode.workspace.registerTextDocumentContentProvider(scheme, this);
  #texts = { before: '', after: '' };

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return path.startsWith('/before') ? this.#texts.before : this.#texts.after;
  }

  async show(plan: Plan): Promise<void> {
    this.#set(planTexts(plan));
    const title = vscode.l10n.t('Changes: before ↔ after');
    await vscode.commands.executeCommand('vscode.diff', uriOf('before'), uriOf('after'), title);
  }

  dispose(): void {
    this.#set({ before: '', after: '' });
    this.#registered.dispose();
    this.#changed.dispose();
  }

  #set(texts: { readonly before: string; readonly after: string }): void {
    this.#texts = texts;
    for (const side of ['before', 'after'] as const) this.#changed.fire(uriOf(side));
  }
}

const uriOf = (side: 'before' | 'after') => vscode.Uri.from({ scheme, path: `/${side}.txt` });
