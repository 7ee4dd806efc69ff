/** The page of a review: renders the state from the host, and posts the user's actions. */
import { render } from 'preact';
import type { ReviewIntent, ReviewMessage } from '../../protocol/review';
import { keepFieldKeys } from '../shared/keys';
import { beginPage } from '../shared/page';
import { type PageActions, ReviewPage } from './page';
import styles from './style.css';
import { type ReviewView, receive } from './view';

/** The user's place on the page, which is stored because VS Code recreates the page each time it is shown. */
interface Memory {
  readonly query: string;
  readonly scroll: number;
}

declare function acquireVsCodeApi(): {
  postMessage(message: ReviewIntent): void;
  getState(): Memory | undefined;
  setState(state: Memory): void;
};

const vscode = acquireVsCodeApi();
const root = beginPage(styles);
let view: ReviewView | undefined;
let scrollTo = vscode.getState()?.scroll;

const remember = () => vscode.setState({ query: view?.query ?? '', scroll: window.scrollY });

const actions: PageActions = {
  post(intent) {
    vscode.postMessage(intent);
  },
  search(query) {
    if (view === undefined) return;
    view = { ...view, query };
    remember();
    draw();
  },
  setIncluded(rows, isIncluded) {
    if (view)
      vscode.postMessage({ type: 'setIncluded', revision: view.state.revision, rows: [...rows], isIncluded });
  },
  open(row) {
    if (view) vscode.postMessage({ type: 'open', revision: view.state.revision, row });
  },
};

function draw(): void {
  if (view === undefined) return;
  const focused = document.activeElement;
  render(<ReviewPage view={view} actions={actions} />, root);
  // Removing or disabling the focused button loses the keyboard focus.
  const isLost = focused instanceof HTMLButtonElement && (!focused.isConnected || focused.disabled);
  if (isLost) document.getElementById('state')?.focus();
}

const types: readonly unknown[] = ['review', 'reviewUpdate'] satisfies ReviewMessage['type'][];
const isMessage = (data: unknown): data is ReviewMessage =>
  typeof data === 'object' && data !== null && 'type' in data && types.includes(data.type);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (!isMessage(data)) return;
  // Preact does not manage the text that the page showed before the script ran.
  if (view === undefined) root.replaceChildren();
  view = receive(view, data, vscode.getState()?.query);
  if (view) document.documentElement.lang = view.state.strings.language;
  draw();
  if (scrollTo !== undefined && view && view.state.rows.length > 0) {
    window.scrollTo({ top: scrollTo, behavior: 'instant' });
    scrollTo = undefined;
  }
});

let timer: ReturnType<typeof setTimeout> | undefined;
window.addEventListener(
  'scroll',
  () => {
    clearTimeout(timer);
    timer = setTimeout(remember, 150);
  },
  { passive: true },
);

keepFieldKeys();

vscode.postMessage({ type: 'ready' });
