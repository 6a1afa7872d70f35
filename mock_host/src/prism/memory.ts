import type { PrismHttpComponents } from '@stoplight/prism-http';
import { DiagnosticSeverity, type IHttpOperation } from '@stoplight/types';

type Mock = PrismHttpComponents['mock'];
type MockRequest = Parameters<Mock>[0];
type MockResult = ReturnType<ReturnType<Mock>>;
type ValidateOutput = PrismHttpComponents['validateOutput'];
type OutputVerdict = ReturnType<ValidateOutput>;

/** Callers choose part of the key, so what is kept for one operation is bounded. */
const MAX_ANSWERS_PER_OPERATION = 64;
const MAX_KEY_CHARACTERS = 512;

/**
 * Makes each static answer once. Without `dynamic`, what Prism answers to a valid request depends
 * only on the operation and on what the request prefers; later requests get the same object.
 */
export class AnswerMemory {
  readonly #mock: Mock;
  readonly #byOperation = new WeakMap<IHttpOperation, Map<string, MockResult>>();
  readonly #kept = new WeakSet<object>();

  constructor(mock: Mock) {
    this.#mock = mock;
  }

  /** Whether `output` is a static answer, to be given again. */
  has(output: object): boolean {
    return this.#kept.has(output);
  }

  /** In the place of Prism's own component of that name. */
  readonly mock: Mock = (request) => (logger) => {
    const key = answerKey(request);
    if (key === undefined) return this.#mock(request)(logger);
    const answers = this.#answersOf(request.resource);
    const known = answers.get(key);
    if (known) return known;
    const made = this.#mock(request)(logger);
    if (made._tag === 'Right' && answers.size < MAX_ANSWERS_PER_OPERATION) {
      answers.set(key, made);
      this.#kept.add(made.right);
    }
    return made;
  };

  #answersOf(operation: IHttpOperation): Map<string, MockResult> {
    const known = this.#byOperation.get(operation);
    if (known) return known;
    const made = new Map<string, MockResult>();
    this.#byOperation.set(operation, made);
    return made;
  }
}

/** Checks an answer against its schema once; whether it is right is the same every time. */
export function rememberVerdicts(validateOutput: ValidateOutput): ValidateOutput {
  const memory = new WeakMap<object, OutputVerdict>();
  return (subject) => {
    const known = memory.get(subject.element);
    if (known) return known;
    const verdict = validateOutput(subject);
    memory.set(subject.element, verdict);
    return verdict;
  };
}

/** Undefined where an answer must be made anew: dynamic ones, refusals, and those that send callbacks. */
function answerKey({ resource, input, config }: MockRequest): string | undefined {
  const wishes = config as { dynamic?: boolean; code?: number; exampleKey?: string };
  if (wishes.dynamic === true || resource.callbacks !== undefined) return undefined;
  if (input.validations.some(({ severity }) => severity === DiagnosticSeverity.Error)) return undefined;
  const key = JSON.stringify([wishes.code, wishes.exampleKey, input.data.headers?.['accept']]);
  return key.length <= MAX_KEY_CHARACTERS ? key : undefined;
}
