/**
 * Signs in with email address and password through Ory Kratos' login flow for native apps, one step at a
 * time. Every request goes to the sign-in server's own origin, whatever URLs a flow contains. The password is
 * stored in no field: it exists only during the call that sends it.
 */
import { ApiError } from '../api/http/errors';
import { pattern } from '../base/lazy';
import { type AuthAnswer, type AuthServer, unexpected } from './authServer';
import {
  type CodeStep,
  errorIdOf,
  type Flow,
  type FlowMessage,
  type OtherStep,
  parseEnd,
  parseFlow,
  parseSuccess,
} from './kratosFlow';

export type LoginStep =
  /** `expiresAt` is in milliseconds since 1970. */
  | { readonly kind: 'done'; readonly token: string; readonly expiresAt?: number | undefined }
  | { readonly kind: 'refused'; readonly why: Refusal; readonly messages: readonly FlowMessage[] }
  | { readonly kind: 'secondStep'; readonly steps: readonly CodeStep[] }
  /** The flow expired; the sign-in must start again. */
  | { readonly kind: 'tooLate' }
  | { readonly kind: 'unsupported'; readonly what: readonly OtherStep[] };
type Refusal = 'credentials' | 'code' | 'notVerified' | 'other';

const refusals: Readonly<Record<number, Refusal>> = {
  4000006: 'credentials',
  4000008: 'code',
  4000010: 'notVerified',
  4000016: 'code',
  4010008: 'code',
};
const flowExpired = 4010001;
const flows = '/self-service/login/api';

export class KratosLogin {
  readonly #auth: AuthServer;
  #flow: Flow | undefined;
  /** The token of a session that still needs a second step. */
  #token: string | undefined;
  /** The email address of the account, to which an older Kratos sends a code. */
  #identifier = '';

  constructor(auth: AuthServer) {
    this.#auth = auth;
  }

  /**
   * Starts a sign-in with email address and password.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async password(identifier: string, password: string, signal: AbortSignal): Promise<LoginStep> {
    const before = this.giveUp();
    if (before !== undefined) void revoke(this.#auth, before);
    this.#identifier = identifier;
    const fields = { identifier, password, method: 'password' };
    for (let again = false; ; again = true) {
      const flow = await this.#begin(signal);
      if (!flow.bare && !flow.password) return { kind: 'unsupported', what: whatOf(flow) };
      const step = await this.#submit(flow, fields, signal);
      if (step.kind !== 'tooLate' || again) return step;
    }
  }

  /**
   * Answers the second step with a code.
   * @throws ApiError, or the `AbortError` of `signal`
   */
  async code(step: CodeStep, typed: string, signal: AbortSignal): Promise<LoginStep> {
    const code = step.method === 'lookup_secret' ? typed : withoutSpaces(typed);
    const fields = {
      ...identifierOf(step),
      [step.method === 'totp' ? 'totp_code' : step.method]: code,
      method: step.method,
    };
    for (let again = false; ; again = true) {
      const flow = this.#flow ?? (this.#token === undefined ? undefined : await this.#begin(signal));
      if (flow === undefined) return { kind: 'tooLate' };
      const next = await this.#submit(flow, fields, signal);
      if (next.kind !== 'tooLate' || again || step.method === 'code') return next;
    }
  }

  /**
   * Makes Kratos send a code, with the button of its address or with the button that sends another code.
   * @param again sends a code even if one was sent before
   * @returns the step that replaces sending, such as an error; undefined after the code was sent
   */
  async sendCode(step: CodeStep, again: boolean, signal: AbortSignal): Promise<LoginStep | undefined> {
    if (step.method !== 'code') return undefined;
    const flow = this.#flow ?? (this.#token === undefined ? undefined : await this.#begin(signal));
    if (flow === undefined) return { kind: 'tooLate' };
    const { address } = step;
    const sentThere = flow.codes.some((one) => address === undefined || addressOf(one) === address);
    if (flow.codeSent && sentThere && !again) return undefined;
    const sends =
      flow.codeSent || address === undefined
        ? {
            ...identifierOf(step, this.#identifier),
            method: 'code',
            ...(flow.codeSent && { resend: 'code' }),
          }
        : { address };
    const next = await this.#submit(flow, sends, signal);
    return next.kind === 'secondStep' && this.#flow?.codeSent ? undefined : next;
  }

  /** Releases the session, which is in use now, so that `giveUp` does not return it. */
  used(): void {
    this.#token = undefined;
  }

  /** @returns the token of an unfinished session, which the caller revokes */
  giveUp(): string | undefined {
    const token = this.#token;
    this.#token = undefined;
    return token;
  }

  /** A fresh sign-in sends no token, because Kratos would refuse it with `session_already_available`. */
  async #begin(signal: AbortSignal): Promise<Flow> {
    const more = this.#token === undefined ? {} : { query: { aal: 'aal2' }, token: this.#token };
    const answer = await this.#auth.send({ method: 'GET', path: flows, ...more, signal });
    const flow = answer.status === 200 ? parseFlow(answer.body) : undefined;
    if (flow === undefined) throw unexpected(answer);
    this.#flow = flow;
    return flow;
  }

  async #submit(
    { id }: Flow,
    json: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<LoginStep> {
    const answer = await this.#auth.send({
      method: 'POST',
      path: '/self-service/login',
      query: { flow: id },
      token: this.#token,
      json,
      signal,
    });
    if (answer.status === 200) return this.#accepted(answer, json.method === 'password', signal);
    const error = errorIdOf(answer);
    const flow = parseFlow(answer.body);
    const expired = flow?.errors.some((message) => message.id === flowExpired);
    if (answer.status === 410 || error === 'self_service_flow_expired' || expired) {
      this.#flow = undefined;
      return { kind: 'tooLate' };
    }
    if (answer.status === 422 || error === 'browser_location_change_required')
      return { kind: 'unsupported', what: ['browser'] };
    if (answer.status === 403 && error === 'session_aal2_required' && this.#token)
      return this.#stepUp(signal);
    if (answer.status === 400 && flow) return this.#asked(flow);
    if (saysWrong(answer)) return { kind: 'refused', why: 'credentials', messages: [] };
    throw unexpected(answer);
  }

  /** Kratos returned the flow again: the answer was wrong, or another step follows. */
  #asked(flow: Flow): LoginStep {
    const { errors } = flow;
    // Kratos accepts a sent code only for the flow that sent it.
    this.#flow = flow;
    if (errors.length > 0) {
      const why = errors.map(({ id }) => refusals[id]).find((known) => known !== undefined) ?? 'other';
      return { kind: 'refused', why, messages: errors };
    }
    return secondStep(flow);
  }

  async #accepted(answer: AuthAnswer, first: boolean, signal: AbortSignal): Promise<LoginStep> {
    const found = parseSuccess(answer.body);
    const token = found?.token ?? this.#token;
    if (found === undefined || token === undefined) {
      const flow = parseFlow(answer.body);
      if (flow) return this.#asked(flow);
      throw unexpected(answer);
    }
    this.#token = token;
    const { expiresAt } = found;
    if (!first) return { kind: 'done', token, expiresAt };
    const who = await this.#auth.send({ method: 'GET', path: '/sessions/whoami', token, signal });
    if (who.status === 403 && errorIdOf(who) === 'session_aal2_required') return this.#stepUp(signal);
    // Some servers have no `whoami`; the API then shows whether it accepts the token.
    return {
      kind: 'done',
      token,
      expiresAt: expiresAt ?? (who.status === 200 ? parseEnd(who.body) : undefined),
    };
  }

  async #stepUp(signal: AbortSignal): Promise<LoginStep> {
    return secondStep(await this.#begin(signal));
  }
}

function secondStep(flow: Flow): LoginStep {
  if (flow.codes.length > 0) return { kind: 'secondStep', steps: flow.codes };
  return { kind: 'unsupported', what: whatOf(flow) };
}

const spacesAndDashes = pattern('[\\s\\p{Cf}\\p{Pd}]', 'gu');

/** Cleans a pasted code: `123 456`, `123-456`, full-width digits, or invisible characters. */
const withoutSpaces = (code: string) => code.normalize('NFKC').replace(spacesAndDashes(), '');

const addressOf = (step: CodeStep) => (step.method === 'code' ? step.address : undefined);

/** Kratos required the identifier next to a code until version 1.1. */
function identifierOf(step: CodeStep, otherwise?: string): { readonly identifier?: string } {
  const identifier = addressOf(step) ?? otherwise;
  return identifier === undefined ? {} : { identifier };
}

const whatOf = ({ others }: Flow): readonly OtherStep[] => (others.length > 0 ? others : ['unknown']);

/** Recognises a wrong password in a response without a flow by its text. Source: sdk.kotlin, AuthRouter. */
function saysWrong({ status, body }: AuthAnswer): boolean {
  return (status === 400 || status === 401) && /credentials are invalid/i.test(JSON.stringify(body ?? ''));
}

/**
 * Ends a session at the server that created it.
 * @returns true if the server confirmed it
 */
export async function revoke(auth: AuthServer, token: string): Promise<boolean> {
  const request = {
    method: 'DELETE',
    path: '/self-service/logout/api',
    json: { session_token: token },
  } as const;
  try {
    // The user waits for this request, so the limit is 5 seconds.
    const { status } = await auth.send(request, 5_000);
    return status < 300;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return false;
  }
}
