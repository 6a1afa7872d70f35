import { randomBytes } from 'node:crypto';

const COUNTER_CHARACTERS = 8;

/**
 * Ids in the form of API Gateway's `apigw-requestid` (15 characters and `=`): a random part for
 * this process, then a count. They tell requests apart; they are no secret.
 */
export function createRequestIds(): () => string {
  const process = randomBytes(6).toString('base64url').slice(0, 7).replaceAll(/[-_]/g, 'A');
  let count = 0;
  return () => {
    count += 1;
    return `${process}${count.toString(36).padStart(COUNTER_CHARACTERS, '0')}=`;
  };
}
