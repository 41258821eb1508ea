import type { ComponentConstructorOptions, SvelteComponent } from "svelte";

// The components of Evidence that pages use, with the properties that they use of its documentation
// (https://docs.evidence.dev/components). A column is one of the rows that the component is given. A
// page that needs another property or component adds it here.

/** What an attribute of a page is, in quotes or not. */
type Flag = boolean | "true" | "false";
type Amount = number | `${number}`;
/** A column of the rows that a component is given. */
type Name<Row> = Extract<keyof Row, string>;
type Rows<Row> = readonly Row[];

/** What has been chosen in an input, and what it is called. */
export interface Choice {
  readonly label: string;
  readonly value: string;
}

interface Emptiness {
  readonly emptySet?: "error" | "warn" | "pass";
  readonly emptyMessage?: string;
}

interface Axes<Row> extends Emptiness {
  readonly data: Rows<Row>;
  readonly x: Name<Row>;
  readonly y: Name<Row>;
  readonly title?: string;
  readonly sort?: Flag;
  readonly xMin?: Amount;
  readonly yMin?: Amount;
  readonly xFmt?: string;
  readonly yFmt?: string;
  readonly xAxisTitle?: string;
  readonly yAxisTitle?: string;
  readonly echartsOptions?: object;
  readonly seriesOptions?: object;
}

interface SeriesAxes<Row> extends Axes<Row> {
  readonly series?: Name<Row>;
  readonly seriesColors?: Readonly<Record<string, string>>;
}

interface LineChartProps<Row> extends SeriesAxes<Row> {
  readonly markers?: Flag;
}

interface BarChartProps<Row> extends SeriesAxes<Row> {
  readonly swapXY?: Flag;
}

interface ScatterPlotProps<Row> extends SeriesAxes<Row> {
  readonly tooltipTitle?: Name<Row>;
}

interface HeatmapProps<Row> extends Axes<Row> {
  readonly xSort?: Name<Row>;
  readonly ySort?: Name<Row>;
  readonly value: Name<Row>;
  readonly valueFmt?: string;
  readonly legend?: Flag;
  readonly xLabelRotation?: Amount;
}

interface BigValueProps<Row> extends Emptiness {
  readonly data: Rows<Row>;
  readonly value: Name<Row>;
  readonly title?: string;
  readonly fmt?: string;
}

interface DataTableProps<Row> extends Emptiness {
  readonly data: Rows<Row>;
  readonly rows?: Amount | "all";
  readonly search?: Flag;
  readonly title?: string;
}

interface DropdownProps<Row> {
  readonly data: Rows<Row>;
  readonly name: string;
  readonly value: Name<Row>;
  readonly label?: Name<Row>;
  /** A column, with `desc` behind it for the other way round. */
  readonly order?: Name<Row> | `${Name<Row>} ${"asc" | "desc"}`;
  readonly title?: string;
}

interface ColumnProps {
  /** One of the columns of the table's rows. */
  readonly id: string;
  readonly title?: string;
  readonly align?: "left" | "center" | "right";
  readonly fmt?: string;
  readonly wrap?: Flag;
}

type Slotted<Props extends object> = ComponentConstructorOptions<Props & { children?: unknown }>;

export declare class LineChart<Row> extends SvelteComponent<LineChartProps<Row>> {
  constructor(options: Slotted<LineChartProps<Row>>);
}
export declare class BarChart<Row> extends SvelteComponent<BarChartProps<Row>> {
  constructor(options: Slotted<BarChartProps<Row>>);
}
export declare class ScatterPlot<Row> extends SvelteComponent<ScatterPlotProps<Row>> {
  constructor(options: Slotted<ScatterPlotProps<Row>>);
}
export declare class Heatmap<Row> extends SvelteComponent<HeatmapProps<Row>> {
  constructor(options: Slotted<HeatmapProps<Row>>);
}
export declare class BigValue<Row> extends SvelteComponent<BigValueProps<Row>> {
  constructor(options: Slotted<BigValueProps<Row>>);
}
export declare class DataTable<Row> extends SvelteComponent<DataTableProps<Row>> {
  constructor(options: Slotted<DataTableProps<Row>>);
}
export declare class Dropdown<Row> extends SvelteComponent<DropdownProps<Row>> {
  constructor(options: Slotted<DropdownProps<Row>>);
}
export declare class Column extends SvelteComponent<ColumnProps> {}
