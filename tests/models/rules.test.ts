// The rules of the numbers by example. They share a file since what costs is the number of warehouses
// whose models are built: one for each moment, whatever the number of plans in it.
import "./rules/attention.ts";
import "./rules/basis.ts";
import "./rules/disclosure.ts";
import "./rules/doubt.ts";
import "./rules/figures.ts";
import "./rules/findings.ts";
import "./rules/latest.ts";
import "./rules/point.ts";
import "./rules/projection.ts";
import "./rules/timeliness.ts";
