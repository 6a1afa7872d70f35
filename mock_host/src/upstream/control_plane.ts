/**
 * Paths MockServer 8 keeps for its own control, besides everything under /mockserver: each is
 * reachable without that prefix too (mock-server/mockserver-monorepo, HttpState and
 * HttpRequestHandler; listed in its HttpStateControlPlaneGateTest). They are lower case here.
 */
const BARE_PATHS = new Set(
  [
    'asyncapi asyncapi/http asyncapi/verify audit baseline/compare bind breakpoint/matcher breakpoint/matcher/clear',
    'breakpoint/matcher/remove breakpoint/matchers cassettes chaosexperiment chaosexperiment/history',
    'chaosexperiment/profiles clear clock cluster config configuration contracttest crud debugmismatch diff drift',
    'drift/clear expectation explainunmatched files/delete files/list files/retrieve files/store generateexpectation',
    'graphql grpc/clear grpc/descriptors grpc/health grpc/services grpcchaos http3status import llm/diffruns',
    'llm/optimisationreport loadscenario loadscenario/generatefromopenapi loadscenario/generatefromrecording',
    'loadscenario/start loadscenario/stop logentrybody mode oidc openapi pact pact/import pact/verify preemption',
    'proxyconfiguration ready recordings/promote replay reset retrieve saml scenario scim servicechaos status stop',
    'tcpchaos trafficvalidate verify verifysequence verifyslo wasm/modules wasm/test wsdl',
  ]
    .join(' ')
    .split(' '),
);

const BARE_PREFIXES = ['scenario/', 'loadscenario/', 'chaosexperiment/profiles/', 'chaosexperiment/apply/'];

const MAX_DECODINGS = 5;

/**
 * Whether MockServer could take `path` for its control plane: it could then be read, reset or
 * reprogrammed by any caller. Judged by what the path may become on the way: decoded (also more
 * than once), backslashes as slashes, dot segments resolved, empty segments and parameters
 * dropped, in any case of letters.
 */
export function isControlPlane(path: string): boolean {
  const [first = '', ...rest] = plainSegments(path);
  const plain = [first, ...rest].join('/');
  if (first === 'mockserver' || BARE_PATHS.has(plain)) return true;
  return BARE_PREFIXES.some((prefix) => plain.startsWith(prefix));
}

function plainSegments(path: string): string[] {
  const segments: string[] = [];
  for (const segment of fullyDecoded(path).toLowerCase().split(/[/\\]+/)) {
    const name = (segment.split(';', 1)[0] ?? '').trim();
    if (name === '..') segments.pop();
    else if (name !== '' && name !== '.') segments.push(name);
  }
  return segments;
}

/** Bytes that are no UTF-8 stay as they are: no name of a control path has any. */
function fullyDecoded(path: string): string {
  let text = path;
  for (let round = 0; round < MAX_DECODINGS && text.includes('%'); round += 1) {
    text = text.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return text.split(/[?#]/, 1)[0] ?? '';
}
