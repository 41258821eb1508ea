import {
  Bool,
  type Data,
  type DataType,
  Decimal,
  Dictionary,
  Int32,
  makeData,
  Schema,
  Table,
  tableToIPC,
  Utf8,
  Vector,
  vectorFromArray,
} from "apache-arrow";
import { unscaled } from "../vocabulary/decimal.ts";
import { type Column, FIGURE_PRECISION, FIGURE_SCALE } from "./column.ts";

const WORDS_PER_DECIMAL = 4;
const BITS_PER_WORD = 32n;

/**
 * A table as an Arrow IPC file: exact decimals as Decimal128 of `FIGURE_SCALE` decimals, words as
 * dictionaries. The same rows always give the same bytes.
 * @param metadata notes kept in the schema.
 * @throws RangeError for a figure with more decimals than the type has.
 */
export function arrowBytes<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  metadata: ReadonlyMap<string, string>,
): Uint8Array<ArrayBuffer> {
  const vectors = Object.fromEntries(
    columns.map((column, index) => [column.name, vectorOf(column, rows, index)]),
  );
  const plain = new Table(vectors);
  const schema = new Schema(plain.schema.fields, new Map(metadata));
  return new Uint8Array(tableToIPC(new Table(schema, plain.batches), "file"));
}

function vectorOf<Row>(column: Column<Row>, rows: readonly Row[], index: number): Vector<DataType> {
  const values = rows.map((row) => column.read(row));
  switch (column.kind) {
    case "figure":
      return decimals(values.map((value) => (value === null ? null : String(value))));
    case "whole":
      return vectorFromArray(values, new Int32());
    case "flag":
      return vectorFromArray(values, new Bool());
    case "word":
      // Without an id the library numbers dictionaries over the whole process.
      return vectorFromArray(values, new Dictionary(new Utf8(), new Int32(), index));
    case "text":
      return vectorFromArray(values, new Utf8());
  }
}

function decimals(values: readonly (string | null)[]): Vector<Decimal> {
  const data = new Uint32Array(values.length * WORDS_PER_DECIMAL);
  const known = new Uint8Array(Math.ceil(values.length / 8));
  let nullCount = 0;
  values.forEach((value, row) => {
    if (value === null) {
      nullCount += 1;
      return;
    }
    known[row >> 3] = (known[row >> 3] ?? 0) | (1 << (row & 7));
    // two's complement, the lowest word first
    const bits = BigInt.asUintN(128, unscaled(value, FIGURE_SCALE));
    for (let word = 0; word < WORDS_PER_DECIMAL; word += 1) {
      data[row * WORDS_PER_DECIMAL + word] = Number(
        BigInt.asUintN(32, bits >> (BigInt(word) * BITS_PER_WORD)),
      );
    }
  });
  const type = new Decimal(FIGURE_SCALE, FIGURE_PRECISION);
  const made: Data<Decimal> = makeData({
    type,
    length: values.length,
    nullCount,
    nullBitmap: known,
    data,
  });
  return new Vector([made]);
}
