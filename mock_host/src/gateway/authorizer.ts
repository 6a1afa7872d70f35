import { messageOf } from '../errors.ts';
import { createAnswerCache, keyOf, type AnswerCache } from './cache.ts';
import { toAuthorizerEvent, type EventSubject } from './event.ts';
import type { Validator } from './validator_client.ts';

/** What the validator is asked about. */
export type Question = Omit<EventSubject, 'timeMs'>;

/** `failed`: the validator gave no usable answer. */
export type Verdict = 'allowed' | 'denied' | 'failed';

export interface AuthorizerOptions {
  readonly validator: Validator;
  /** How long a verdict is kept; 0: each request is asked for by itself. */
  readonly cacheSeconds: number;
  /** Told of each call of the validator that failed; never holds a token. */
  readonly onValidatorFailure: (reason: string) => void;
  readonly nowMs: () => number;
}

/**
 * Asks the validator, or what it answered before. The cache's key is what API Gateway's is: the
 * exact values of the identity sources. Equal questions at one time share one call, as they would
 * share its answer a moment later.
 */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #cache: AnswerCache;
  readonly #underway = new Map<string, Promise<Verdict>>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
    this.#cache = createAnswerCache(options.cacheSeconds, options.nowMs);
  }

  /** A verdict that is known comes at once, without a promise. */
  decide(question: Question): Verdict | Promise<Verdict> {
    if (this.#options.cacheSeconds === 0) return this.#ask(question);
    const known = this.#cache.get(question.route.key, question.token);
    if (known !== undefined) return known ? 'allowed' : 'denied';
    const key = keyOf(question.route.key, question.token);
    return this.#underway.get(key) ?? this.#share(key, this.#ask(question));
  }

  #share(key: string, asked: Promise<Verdict>): Promise<Verdict> {
    this.#underway.set(key, asked);
    void asked.then(() => this.#underway.delete(key));
    return asked;
  }

  async #ask(question: Question): Promise<Verdict> {
    try {
      const allowed = await this.#options.validator(toAuthorizerEvent({ ...question, timeMs: Date.now() }));
      this.#cache.set(question.route.key, question.token, allowed);
      return allowed ? 'allowed' : 'denied';
    } catch (error) {
      this.#options.onValidatorFailure(messageOf(error));
      return 'failed';
    }
  }
}
