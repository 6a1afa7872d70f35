import { createGatewayRoutes, type GatewayRoutes } from './gateway/routes.ts';
import { createMockTable, type MockTable, type Mounted } from './mocks.ts';

/**
 * The mocks that are served. They are replaced all at once: a request that has found its mock
 * keeps it to its end, the next one finds the new.
 */
export class Serving<M extends Mounted> {
  #mocks: readonly M[] = [];
  #table: MockTable<M> = () => undefined;
  #routes: GatewayRoutes = () => undefined;
  readonly #onReplace: (mocks: readonly M[]) => void;

  /** `onReplace` is told of the mocks from the first ones on, each time before they are served. */
  constructor(mocks: readonly M[], onReplace: (mocks: readonly M[]) => void = () => undefined) {
    this.#onReplace = onReplace;
    this.replace(mocks);
  }

  get mocks(): readonly M[] {
    return this.#mocks;
  }

  /** A `MockTable` of the present mocks. */
  readonly find: MockTable<M> = (path) => this.#table(path);

  /** The `GatewayRoutes` of the present mocks. */
  readonly routes: GatewayRoutes = (method, path) => this.#routes(method, path);

  replace(mocks: readonly M[]): void {
    if (mocks.length === this.#mocks.length && mocks.every((mock, index) => mock === this.#mocks[index])) return;
    this.#onReplace(mocks);
    this.#mocks = mocks;
    this.#table = createMockTable(mocks);
    this.#routes = createGatewayRoutes(mocks);
  }
}
