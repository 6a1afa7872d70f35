import { request as startRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

const PASSED_ON = ['sec-websocket-key', 'sec-websocket-version', 'sec-websocket-protocol', 'sec-websocket-extensions'];

/** Joins a caller who asked for a WebSocket with the one of an upstream. Either side's end ends the other. */
export function tunnel(upstream: URL, { headers }: IncomingMessage, socket: Duplex, head: Buffer): void {
  const asked = Object.fromEntries(PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])));
  const outgoing = startRequest(upstream, { agent: false, headers: { ...asked, connection: 'Upgrade', upgrade: 'websocket' } });
  const refuse = (): void => void socket.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  socket.on('error', () => outgoing.destroy()).on('close', () => outgoing.destroy());
  outgoing.on('error', refuse).on('response', (incoming) => {
    incoming.resume();
    refuse();
  });
  outgoing.on('upgrade', (incoming, other, first) => {
    socket.write(answerOf(incoming));
    socket.write(first);
    other.write(head);
    other.on('error', () => socket.destroy()).on('close', () => socket.destroy());
    socket.on('error', () => other.destroy()).on('close', () => other.destroy());
    socket.pipe(other).pipe(socket);
  });
  outgoing.end();
}

function answerOf({ rawHeaders }: IncomingMessage): string {
  const lines = ['HTTP/1.1 101 Switching Protocols'];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) lines.push(`${rawHeaders[index]}: ${rawHeaders[index + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
