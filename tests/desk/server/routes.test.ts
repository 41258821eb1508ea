import { expect, test } from "vitest";
import { ROUTES } from "../../../pipelines/desk/server/app.tsx";

test("only the ways in stand open to anybody", () => {
  const open = ROUTES.filter(([, , who]) => who === "anybody").map(
    ([way, path]) => `${way} ${path}`,
  );
  expect(open).toEqual([
    "get /dang-nhap",
    "post /dung-thu/:name",
    "post /dang-nhap",
    "get /quen-mat-khau",
    "post /quen-mat-khau",
    "get /loi-moi/:name/:secret",
    "post /loi-moi/:name/:secret",
    "get /dang-nhap/mot-lan",
    "get /dang-nhap/mot-lan/ve",
  ]);
});

test("every form but that of the log-out asks what its sender may do", () => {
  const asked = ROUTES.filter(([way, , who]) => way === "post" && who === "any account");
  expect(asked.map(([, path]) => path)).toEqual(["/dang-xuat"]);
});
