import { createInvokeClient, fail, type InvokeClientOptions } from './invoke_client.ts';

/** Asks whether a request may pass. Without a verdict the caller is refused (fails closed). @throws InvocationError */
export type Validator = (event: object) => Promise<boolean>;

/** Calls the token validator's process. */
export function createValidatorClient(options: InvokeClientOptions): Validator {
  const invoke = createInvokeClient(options);
  return async (event) => isAuthorized(await invoke(event));
}

/** The simple response of an HTTP API authorizer; anything but a plain true or false is no answer. */
function isAuthorized(answer: unknown): boolean {
  const verdict = (answer as { isAuthorized?: unknown } | null)?.isAuthorized;
  return typeof verdict === 'boolean' ? verdict : fail('answered without a boolean isAuthorized');
}
