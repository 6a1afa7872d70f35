import type { IHttpOperation } from '@stoplight/types';
import { removeHeader, setHeader } from '../draft.ts';
import { encode } from '../parameter_texts.ts';
import type { Twist } from '../twists.ts';

const AUTHORIZATIONS = [
  '', 'Bearer', 'Bearer ', 'Bearer x', 'bearer x', 'BEARER x', 'Bearer  two', 'Basic', 'Basic x',
  'Basic dXNlcjpwYXNz', 'basic dXNlcjpwYXNz', 'Basic dXNlcg==', 'Basic Og==', 'Basic YTpiOmM=',
  'Digest username="a"', 'digest username="a", realm="*", nonce="n", uri="/", response="r"', 'Digest', 'Negotiate x',
  'x', 'Basic a, Bearer b',
];

export const securityTwists: readonly Twist[] = [
  {
    name: 'credentials missing',
    weight: 2,
    apply: (draft, { operation }) => {
      for (const name of ['authorization', 'cookie', ...headerKeys(operation.security)]) removeHeader(draft, name);
      draft.query = draft.query.filter((text) => !/^(?:api_)?key=/.test(text));
    },
  },
  {
    name: 'authorization other',
    weight: 3,
    apply: (draft, { random }) => setHeader(draft, 'authorization', random.pick(AUTHORIZATIONS)),
  },
  {
    name: 'key other',
    weight: 2,
    apply: (draft, { operation, random }) => {
      const scheme = random.pickAny((operation.security ?? []).flat().filter(({ type }) => type === 'apiKey'));
      if (scheme?.type !== 'apiKey') return;
      const key = random.pick(['', 'k', 'a b', '0', 'false']);
      if (scheme.in === 'query') draft.query.push(`${encode(scheme.name)}=${encode(key)}`);
      else if (scheme.in === 'header') setHeader(draft, scheme.name, key);
      else setHeader(draft, 'cookie', `${random.pick(['', 'x', 'other=1; '])}${scheme.name}=${key}`);
    },
  },
];

function headerKeys(security: IHttpOperation['security'] = []): string[] {
  return security.flat().flatMap((scheme) => (scheme.type === 'apiKey' && scheme.in === 'header' ? [scheme.name] : []));
}
