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
    // these two where the pages are open to everybody
    "get /bieu-trong",
    "get /bieu-mau/:plan/:period/:unit",
  ]);
});

test("every form but those of one's own account asks what its sender may do", () => {
  const asked = ROUTES.filter(([way, , who]) => way === "post" && who === "any account");
  expect(asked.map(([, path]) => path)).toEqual(["/dang-xuat", "/tai-khoan-cua-toi"]);
});
