import { describe, expect, it } from '@jest/globals';
import { isScalar, parseDocument } from 'yaml';
import { decimal, plainScalar, scalarMeaning } from '../../src/sigma/plain-scalar.js';

describe('a plain scalar means what PyYAML reads', () => {
  it.each([
    ...['yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((text) => [text, 'boolean', 'true']),
    ...['no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((text) => [text, 'boolean', 'false']),
    ...['y', 'n', 'Y', 'N', 'yEs', 'oN'].map((text) => [text, 'text', text]),
    ...['~', 'null', 'Null', 'NULL', ''].map((text) => [text, 'null', null]),
    ['0', 'integer', '0'],
    ['-0', 'integer', '0'],
    ['+5', 'integer', '5'],
    ['-12', 'integer', '-12'],
    ['0x100', 'integer', '256'],
    ['-0xff', 'integer', '-255'],
    ['0b101', 'integer', '5'],
    ['010', 'integer', '8'],
    ['00000000000000000000000000000012', 'integer', '10'],
    ['1_000', 'integer', '1000'],
    ['12:30:45', 'integer', '45045'],
    ['20:00', 'integer', '1200'],
    ['-1:30', 'integer', '-90'],
    ['123456789012345678901234567890', 'integer', '123456789012345678901234567890'],
    ['08', 'text', '08'],
    ['0o10', 'text', '0o10'],
    ['0X10', 'text', '0X10'],
    ['0x_', 'text', '0x_'],
    ['1e5', 'text', '1e5'],
    ['61e9540', 'text', '61e9540'],
    ['1.0e5', 'text', '1.0e5'],
    ['1.0', 'float', '1'],
    ['.5', 'float', '0.5'],
    ['5.', 'float', '5'],
    ['-1.50', 'float', '-1.5'],
    ['1.5e+5', 'float', '150000'],
    ['1.5e-9', 'float', '0.0000000015'],
    ['1.0e+22', 'float', '10000000000000000000000'],
    ['1_0.5', 'float', '10.5'],
    ['12:30.5', 'float', '750.5'],
    ['1.0e+400', 'float', '1.0e+400'],
    ['.inf', 'float', '.inf'],
    ['.NaN', 'float', '.NaN'],
    ['+.5', 'text', '+.5'],
    ['2024-01-01', 'date', '2024-01-01'],
    ['2024-1-1 2:00:00', 'date', '2024-1-1 2:00:00'],
    ['2024-01-01T10:00:00Z', 'date', '2024-01-01T10:00:00Z'],
    ['2024-1-1', 'text', '2024-1-1'],
    ['1.2.3', 'text', '1.2.3'],
    ['10.0.0.0/8', 'text', '10.0.0.0/8'],
    ['61e95401234567890123456789012345', 'text', '61e95401234567890123456789012345'],
    ['20:00-06:00', 'text', '20:00-06:00'],
    ['60:99', 'text', '60:99'],
    ['=', 'text', '='],
  ])('%j is %s %j', (source, kind, text) => {
    expect(plainScalar(source ?? '')).toEqual({ kind, text });
  });
});

describe('a scalar node', () => {
  it.each([
    ["'no'", 'text', 'no'],
    ['"010"', 'text', '010'],
    ['|-\n  12', 'text', '12'],
    ['!!str 12', 'text', '12'],
    ['no', 'boolean', 'false'],
  ])('%j is %s', (source, kind, text) => {
    const node = parseDocument(source).contents;
    if (!isScalar(node)) throw new Error('not a scalar');
    expect(scalarMeaning(node)).toEqual({ kind, text });
  });
});

it('numbers have one decimal spelling without an exponent', () => {
  expect([0, -0, 1e21, -1.25e-7, 123.456].map(decimal)).toEqual([
    '0',
    '0',
    '1000000000000000000000',
    '-0.000000125',
    '123.456',
  ]);
});
