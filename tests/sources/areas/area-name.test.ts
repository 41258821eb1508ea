import { expect, test } from "vitest";
import { type Area, nameWithinSentence } from "../../../pipelines/sources/areas/area.ts";

const AREA: Area = {
  area_id: 1,
  code: "1",
  name: "",
  named_after: null,
  kind: "ward",
  parent_id: null,
  valid_from: null,
  valid_to: null,
  population: null,
  source: "made up",
  is_official: false,
};

// decree 30/2020/NĐ-CP, annex II, names of places
test.each<[name: string, kind: string, named_after: Area["named_after"], within: string]>([
  ["Phường Tam Thanh", "ward", null, "phường Tam Thanh"],
  ["Phường Tam Thanh (đến 30/6/2025)", "ward", null, "phường Tam Thanh (đến 30/6/2025)"],
  ["Xã Mai Pha", "commune", null, "xã Mai Pha"],
  ["Thị trấn Đồng Đăng", "township", null, "thị trấn Đồng Đăng"],
  ["Thành phố Lạng Sơn", "city", null, "thành phố Lạng Sơn"],
  // a person, an event, a number
  ["Phường Hoàng Văn Thụ", "ward", "person", "Phường Hoàng Văn Thụ"],
  ["Phường Điện Biên Phủ", "ward", "event", "Phường Điện Biên Phủ"],
  ["Thành phố Hồ Chí Minh", "city", "person", "Thành phố Hồ Chí Minh"],
  ["Phường 1", "ward", null, "Phường 1"],
  ["Quận 10", "urban_district", null, "Quận 10"],
  // a name without its kind, or of a kind that is not known, is taken as it stands
  ["Tam Thanh", "ward", null, "Tam Thanh"],
  ["Khu Tam Thanh", "zone", null, "Khu Tam Thanh"],
])("%s, a %s named after %s, is %s within a sentence", (name, kind, named_after, within) => {
  expect(nameWithinSentence({ ...AREA, name, kind, named_after })).toBe(within);
});
