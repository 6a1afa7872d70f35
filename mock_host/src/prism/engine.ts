import './quick_functions.ts';
import { factory } from '@stoplight/prism-core/dist/factory.js';
import type {
  IHttpConfig,
  IHttpOperationConfig,
  IHttpRequest,
  PrismHttpComponents,
  PrismHttpInstance,
} from '@stoplight/prism-http';
import mocker from '@stoplight/prism-http/dist/mocker/index.js';
import routerErrors from '@stoplight/prism-http/dist/router/errors.js';
import router from '@stoplight/prism-http/dist/router/index.js';
import { ProblemJsonError } from '@stoplight/prism-http/dist/types.js';
import { validateInput, validateOutput, validateSecurity } from '@stoplight/prism-http/dist/validator/index.js';
import { getHttpConfigFromRequest } from '@stoplight/prism-http-server/dist/getHttpConfigFromRequest.js';
import type { IHttpOperation } from '@stoplight/types';
import './compiled_schemas.ts';
import { AnswerMemory, rememberVerdicts } from './memory.ts';
import type { OperationEntry } from './operations.ts';
import { createRoutes } from './routes.ts';

type Wishes = Extract<ReturnType<typeof getHttpConfigFromRequest>, { _tag: 'Right' }>['right'];
/** What Prism decided. Left: the error it answers with. */
export type Result = Awaited<ReturnType<ReturnType<PrismHttpInstance['request']>>>;

export type PrismAnswer = Extract<Result, { _tag: 'Right' }>['right'];

/** Prism's own code, for one document. */
export interface PrismEngine {
  readonly answer: (request: IHttpRequest) => Promise<Result>;
  /** Whether the same request would get the same answer again, and nothing else would happen. */
  readonly isStatic: (result: Result) => boolean;
}

/** What `prism mock DOCUMENT` runs with, as its command line's defaults say. */
const SETTINGS: IHttpConfig = {
  isProxy: false,
  checkSecurity: true,
  validateRequest: true,
  validateResponse: true,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false, ignoreExamples: false },
};

export function createPrismEngine(entries: readonly OperationEntry[]): PrismEngine {
  const candidatesFor = createCandidates(entries);
  const answers = new AnswerMemory(mocker.default);
  const instance = factory(SETTINGS, createComponents(answers));
  const answer = async (request: IHttpRequest): Promise<Result> => {
    const wishes = getHttpConfigFromRequest(request);
    if (wishes._tag === 'Left') return wishes;
    const candidates = candidatesFor(request);
    if (candidates.length === 0) return { _tag: 'Left', left: noPathMatched(request.url.path) };
    return instance.request(request, candidates, { ...SETTINGS, mock: preferring(wishes.right) })();
  };
  const isStatic = (result: Result): boolean =>
    result._tag === 'Left' ? ROUTER_ERRORS.has(result.left.name) : answers.has(result.right.output);
  return { answer, isStatic };
}

/** Names of the errors that only say where nothing is. */
const ROUTER_ERRORS = new Set(
  Object.values(routerErrors).map((template) => ProblemJsonError.fromTemplate(template).name),
);

/** The operations that Prism's router would not rule out by path. */
function createCandidates(entries: readonly OperationEntry[]): (request: IHttpRequest) => IHttpOperation[] {
  const routes = createRoutes(entries);
  const withServers = entries.find(({ hasServers }) => hasServers);
  return ({ url }) => {
    const candidates = routes(url.path);
    // Asked for a server (`__server`), the router also wants to know whether the document names any at all.
    if (url.baseUrl !== undefined && candidates.length > 0 && withServers) candidates.push(withServers);
    return candidates.map(({ operation }) => operation());
  };
}

function createComponents({ mock }: AnswerMemory): PrismHttpComponents {
  return {
    route: router.default,
    validateInput,
    // On success it hands its input back, which its own type does not say.
    validateSecurity: validateSecurity as unknown as PrismHttpComponents['validateSecurity'],
    validateOutput: rememberVerdicts(validateOutput),
    mock,
    forward: () => () => () => Promise.reject(new Error('a mock forwards nothing')),
    logger: SILENT,
  };
}

/** A fresh object for each request, because negotiation writes the accepted media types into it. */
function preferring(wishes: Wishes): IHttpOperationConfig {
  const stated = Object.entries(wishes).filter(([, wish]) => wish !== undefined);
  return { ...SETTINGS.mock, ...Object.fromEntries(stated) };
}

/** What Prism's router says when none of a document's paths match. */
function noPathMatched(path: string): Error {
  return ProblemJsonError.fromTemplate(
    routerErrors.NO_PATH_MATCHED_ERROR,
    `The route ${path} hasn't been found in the specification file`,
  );
}

/** The host keeps its own access log; Prism's, even unread, would cost more than the answer. */
const SILENT = createSilentLogger();

function createSilentLogger(): PrismHttpComponents['logger'] {
  const ignore = (): void => undefined;
  const levels = ['trace', 'debug', 'info', 'success', 'warn', 'error', 'fatal'];
  const logger: Record<string, unknown> = Object.fromEntries(levels.map((level) => [level, ignore]));
  logger['child'] = () => logger;
  return logger as unknown as PrismHttpComponents['logger'];
}
