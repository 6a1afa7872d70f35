import type { Random } from '../random.ts';
import type { Twist } from '../twists.ts';
import { encode } from '../parameter_texts.ts';

const UNKNOWN_PATHS = [
  '/none', '/none/of/these', '/', '/%20', '/a%2Fb', '/%C3%BC', '/.well-known/x', '/index.html', '/*', "/o'clock",
  '/a;b=c', '/a:b', '/[x]', '/{x}', '/a|b', '/~a', '/%7Ea', '/^', '/"q"',
];

type Change = (path: string, random: Random) => string;

const CHANGES: readonly Change[] = [
  (path) => `${path}/`,
  (path) => path.replace(/\/$/, ''),
  (path) => path.toUpperCase(),
  (path) => `${path}/more`,
  (path) => path.slice(0, Math.max(path.lastIndexOf('/'), 1)),
  (path) => path.replace(/(.)\//, '$1//'),
  (path) => `/.${path}`,
  (path) => `/x/..${path}`,
  (path) => `/%2e%2e${path}`,
  (path) => `${path}/.`,
  (path) => `${path}/..`,
  (path) => `${path}/%2e`,
  (path) => path.replace(/\w/, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  (path, random) => `${path.slice(0, random.integer(1, path.length))}%2F`,
  (path) => `${path}%20`,
  (path) => `${path};a=b`,
  (path) => `${path}x`,
  (path) => path.replace(/[^/]*$/, (last) => `x${last}`),
  (path) => path.replaceAll('/', '\\').replace('\\', '/'),
  (path) => `${path}#fragment`,
  (path) => `/v1${path}`,
];

const SERVERS = [
  'https://nowhere.example.com', 'https://api.example.com/v1', 'http://api.example.com/v1',
  'https://api.example.com/v1/', '/relative', '', 'https://', '{',
];

/** Those of the documents here, and one value each that they don't allow. */
const SERVER_VARIABLES: Readonly<Record<string, readonly string[]>> = {
  region: ['eu', 'us', 'xx'],
  port: ['443', '8443', '80'],
  stage: ['v2', 'v9'],
};

export const pathTwists: readonly Twist[] = [
  {
    name: 'path changed',
    weight: 9,
    apply: (draft, { random }) => void (draft.path = random.pick(CHANGES)(draft.path, random) || '/'),
  },
  { name: 'path unknown', weight: 2, apply: (draft, { random }) => void (draft.path = random.pick(UNKNOWN_PATHS)) },
  {
    name: 'path undecodable',
    weight: 0.3,
    apply: (draft, { random }) => void (draft.path += random.pick(['%zz', '%', '%E2%82', '%c3'])),
  },
  { name: 'target absolute', weight: 0.5, apply: (draft) => void (draft.origin = 'http://api.example.com:8080') },
  { name: 'path after two slashes', weight: 0.5, apply: (draft) => void (draft.path = `/${draft.path}`) },
  {
    name: 'server',
    weight: 3,
    apply: (draft, { operation, random }) => {
      const own = random.pickAny(operation.servers ?? [])?.url.replace(/{(\w+)}/g, (_, name: string) => {
        return random.pick(SERVER_VARIABLES[name] ?? ['x']);
      });
      draft.query.push(`__server=${encode(own !== undefined && random.chance(0.6) ? own : random.pick(SERVERS))}`);
    },
  },
];
