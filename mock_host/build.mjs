// Bundles the mock host from the npm lock into one file that any Node >= 24.18 runs without
// node_modules, and the config loader into another beside it. Both depend on nothing but the
// sources and the lock: CDK hashes the first, and every template holds the second.
// Usage: node mock_host/build.mjs [OUTPUT]
import { build } from 'esbuild';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [output = resolve(root, '.build/mock_host/mock_host.mjs')] = process.argv.slice(2);

// Packages that Prism's modules name but the host never comes to use: its own logger instead of
// pino, no Postman collections. They would be a fifth of the start.
const UNUSED = ['pino', 'postman-collection'];

const leaveOut = {
  name: 'leave-out',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(?:${UNUSED.join('|')})$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

// Only dynamic answers to schemas that ask for it (`x-faker`) need the faker, and only in English,
// as Prism asks for it: loaded when first used, it costs nothing at start.
const deferFaker = {
  name: 'defer-faker',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@faker-js\/faker$/ }, ({ path }) => ({ path, namespace: 'deferred-faker' }));
    onLoad({ filter: /.*/, namespace: 'deferred-faker' }, () => ({
      contents: `exports.faker = new Proxy({}, { get: (_, name) => require('@faker-js/faker/locale/en').faker[name] });`,
      resolveDir: root,
    }));
  },
};

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
};

await build({
  ...COMMON,
  entryPoints: ['mock_host/src/main.ts'],
  outfile: resolve(output),
  banner: {
    js: [
      // CommonJS packages in an ES module ask for require, which is not there by itself.
      "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      // Some of them use url.parse and punycode; nobody who reads the host's log can change that.
      'process.noDeprecation = true;',
    ].join('\n'),
  },
  // Its CommonJS form requires its own files in a way that can't be bundled.
  alias: { 'jsonc-parser': './node_modules/jsonc-parser/lib/esm/main.js' },
  plugins: [leaveOut, deferFaker],
});

// What brings the former into a task: passed to Node as text, so it has to be small. It stands in
// CloudFormation templates, whose linters take `${name}` for a parameter that is not substituted.
await build({
  ...COMMON,
  entryPoints: ['mock_host/src/loader/main.ts'],
  outfile: join(dirname(resolve(output)), 'config_loader.mjs'),
  supported: { 'template-literal': false },
});
