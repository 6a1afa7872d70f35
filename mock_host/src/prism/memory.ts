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
export function rememberAnswers(mock: Mock): Mock {
  const memory = new WeakMap<IHttpOperation, Map<string, MockResult>>();
  return (request) => (logger) => {
    const key = answerKey(request);
    if (key === undefined) return mock(request)(logger);
    const answers = answersOf(memory, request.resource);
    const known = answers.get(key);
    if (known) return known;
    const made = mock(request)(logger);
    if (made._tag === 'Right' && answers.size < MAX_ANSWERS_PER_OPERATION) answers.set(key, made);
    return made;
  };
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

function answersOf(
  memory: WeakMap<IHttpOperation, Map<string, MockResult>>,
  operation: IHttpOperation,
): Map<string, MockResult> {
  const known = memory.get(operation);
  if (known) return known;
  const made = new Map<string, MockResult>();
  memory.set(operation, made);
  return made;
}

/** Undefined where an answer must be made anew: dynamic ones, refusals, and those that send callbacks. */
function answerKey({ resource, input, config }: MockRequest): string | undefined {
  const wishes = config as { dynamic?: boolean; code?: number; exampleKey?: string };
  if (wishes.dynamic === true || resource.callbacks !== undefined) return undefined;
  if (input.validations.some(({ severity }) => severity === DiagnosticSeverity.Error)) return undefined;
  const key = JSON.stringify([wishes.code, wishes.exampleKey, input.data.headers?.['accept']]);
  return key.length <= MAX_KEY_CHARACTERS ? key : undefined;
}
