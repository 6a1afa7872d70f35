import { STATUS_CODES, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf } from './errors.ts';
import { GATEWAY_ANSWERS } from './gateway/answers.ts';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what is no readable HTTP request: like Node itself, or with API Gateway's body for over-long headers. */
export function answerClientErrors(server: Server, asGateway: boolean): void {
  server.on('clientError', (error, socket) => {
    if (!socket.writable || codeOf(error) === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const status = STATUS_BY_CODE[codeOf(error) ?? ''] ?? 400;
    socket.end(reply(status, asGateway ? JSON.stringify({ message: messageFor(status) }) : ''));
    (socket as Socket).destroySoon();
  });
}

function messageFor(status: number): string {
  const [overflow, message] = GATEWAY_ANSWERS.headersTooLarge;
  return status === overflow ? message : (STATUS_CODES[status] ?? 'Bad Request');
}

function reply(status: number, body: string): string {
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...(body === '' ? [] : ['content-type: application/json']),
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
