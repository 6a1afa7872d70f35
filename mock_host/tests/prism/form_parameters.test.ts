import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { HttpParamStyles, type IHttpOperation, type IHttpQueryParam } from '@stoplight/types';
import { explodeForms } from '../../src/prism/form_parameters.ts';

suite('query parameters of form style', () => {
  test('explode unless the document says otherwise', () => {
    const params = [param('undecided'), param('whole', false), param('many', true)];
    assert.deepEqual(explodes(explodeForms(operation(params))), [true, false, true]);
  });

  test('leave those of other styles to themselves', () => {
    const piped: IHttpQueryParam = { id: '1', name: 'piped', style: HttpParamStyles.PipeDelimited };
    assert.deepEqual(explodes(explodeForms(operation([piped]))), [undefined]);
  });

  test('change nothing of the operation they were given', () => {
    const given = operation([param('undecided')]);
    explodeForms(given);
    assert.deepEqual(explodes(given), [undefined]);
  });
});

function param(name: string, explode?: boolean): IHttpQueryParam {
  return { id: name, name, style: HttpParamStyles.Form, ...(explode === undefined ? {} : { explode }) };
}

function operation(query: IHttpQueryParam[]): IHttpOperation {
  return { id: 'o', iid: 'o', method: 'get', path: '/', responses: [], request: { query } } as unknown as IHttpOperation;
}

function explodes({ request }: IHttpOperation): (boolean | undefined)[] {
  return (request?.query ?? []).map(({ explode }) => explode);
}
