import { setHeader } from '../draft.ts';
import type { Twist } from '../twists.ts';

const METHODS = [
  'GET', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'POST', 'DELETE', 'TRACE', 'PROPFIND', 'QUERY', 'PURGE', 'M-SEARCH',
];

const ORIGINS = ['https://app.example.com', 'null', 'http://localhost:3000', '', '*'];

const ASKED_METHODS = ['PUT', 'put', 'NONSENSE', ''];

const ASKED_HEADERS = ['x-a', 'content-type, authorization', '*', ''];

export const protocolTwists: readonly Twist[] = [
  { name: 'method other', weight: 5, apply: (draft, { random }) => void (draft.method = random.pick(METHODS)) },
  { name: 'method HEAD', weight: 2, apply: (draft) => void (draft.method = 'HEAD') },
  {
    name: 'cross-origin',
    weight: 2,
    apply: (draft, { random }) => {
      setHeader(draft, 'origin', random.pick(ORIGINS));
      if (random.chance(0.3)) setHeader(draft, 'access-control-expose-headers', 'x-a, x-b');
    },
  },
  {
    name: 'preflight',
    weight: 2,
    apply: (draft, { random }) => {
      draft.method = 'OPTIONS';
      setHeader(draft, 'origin', random.pick(ORIGINS));
      if (random.chance(0.8)) setHeader(draft, 'access-control-request-method', random.pick(ASKED_METHODS));
      if (random.chance(0.6)) setHeader(draft, 'access-control-request-headers', random.pick(ASKED_HEADERS));
    },
  },
  { name: 'headers huge', weight: 0.1, apply: (draft) => void draft.headers.push(['X-Huge', 'x'.repeat(20_000)]) },
  {
    name: 'headers odd',
    weight: 2,
    apply: (draft, { random }) =>
      void draft.headers.push(
        ...random.pick<[string, string][]>([
          [['X-Forwarded-Host', 'other.example.com']],
          [['X-HTTP-Method-Override', 'DELETE']],
          [['If-None-Match', '"abc"']],
          [['Range', 'bytes=0-1']],
          [['Accept-Encoding', 'gzip, br']],
          [['X-Latin', 'gr\u00fc\u00dfe']],
          [['Expect', '100-continue']],
          [['Content-Type', 'application/json'], ['Content-Type', 'text/plain']],
          [['Authorization', 'Bearer a'], ['Authorization', 'Basic dXNlcjpwYXNz']],
          [['X-Long', 'x'.repeat(5000)]],
        ]),
      ),
  },
];
