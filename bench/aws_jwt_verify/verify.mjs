/**
 * Verifies tokens with aws-jwt-verify. The first line of standard input is JSON: issuer, audience,
 * jwks, and tokens by name. Each line after it, `<name> <calls>`, is answered by a line with the
 * microseconds of CPU that a call took on this thread.
 */
import { createInterface } from 'node:readline';
import { JwtVerifier } from 'aws-jwt-verify';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { issuer, audience, jwks, tokens } = JSON.parse((await lines.next()).value);
const verifier = JwtVerifier.create({ issuer, audience, jwksUri: `${issuer}/jwks.json` });
verifier.cacheJwks(jwks);
for (let line = await lines.next(); !line.done; line = await lines.next()) {
  const [name, calls] = line.value.split(' ');
  console.log(microsecondsPerCall(tokens[name], Number(calls)));
}

function microsecondsPerCall(token, calls) {
  const before = process.threadCpuUsage();
  for (let index = 0; index < calls; index += 1) verifier.verifySync(token);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / calls;
}
