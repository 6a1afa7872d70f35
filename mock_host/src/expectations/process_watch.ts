import { connect, type Socket } from 'node:net';
import { codeOf } from '../errors.ts';

/** Holds a connection open for nothing but to hear at once when the process at its other end ends. */
export class ProcessWatch {
  readonly #upstream: URL;
  readonly #onEnd: () => void;
  #socket: Socket | undefined;

  constructor(upstream: URL, onEnd: () => void) {
    this.#upstream = upstream;
    this.#onEnd = onEnd;
  }

  /** Resolves when there is a connection. Rejects if there is nobody to connect to. */
  async begin(): Promise<void> {
    if (this.#socket && !this.#socket.destroyed) return;
    const { hostname, port, host } = this.#upstream;
    const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) });
    this.#socket = socket;
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(new Error(`${host} can't be reached (${codeOf(error) ?? error.message})`)));
    });
    socket.unref().on('error', () => undefined).on('close', this.#onEnd).resume();
  }

  close(): void {
    this.#socket?.destroy();
  }
}
