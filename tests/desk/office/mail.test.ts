import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Account, Accounts } from "../../../pipelines/desk/accounts/accounts.ts";
import { MailServer, mailSettings } from "../../../pipelines/desk/office/mail.ts";
import { mailApprovers } from "../../../pipelines/desk/page/mail-approvers.ts";
import { newFolder } from "../../folders.ts";
import { type GivenMailServer, startMailServer } from "../mail-given.ts";

const FROM = "UBND thành phố <vanthu@langson.gov.vn>";
const MAIL = {
  to: { name: "Phòng Giáo dục", address: "giaoduc@langson.gov.vn" },
  subject: "Đôn đốc gửi báo cáo",
  text: "Kính gửi Phòng Giáo dục:\n- Quý 2\n",
  attachment: { name: "công văn.docx", bytes: new Uint8Array([1, 2, 3]) },
};

const through = (
  { port }: Pick<GivenMailServer, "port">,
  scheme = "smtp",
  user = "",
  silentMs = 500,
) =>
  new MailServer(
    {
      url: new URL(`${scheme}://${user === "" ? "" : `${user}@`}127.0.0.1:${port}`),
      from: FROM,
      password: user === "" ? null : "bí mật",
    },
    silentMs,
  );

test("a mail comes as it was written, from the office, with its letter", async () => {
  const logins: unknown[] = [];
  const server = await startMailServer({
    authOptional: false,
    onAuth: ({ username, password }, _, done) => {
      logins.push([username, password]);
      done(null, { user: username });
    },
  });
  expect(await through(server, "smtp", "vanthu%40langson.gov.vn").send(MAIL)).toEqual({
    isSent: true,
    reply: "250 taken as 4711",
    isHopeless: false,
  });
  expect(logins).toEqual([["vanthu@langson.gov.vn", "bí mật"]]);
  const [email] = server.taken;
  expect(email).toMatchObject({
    from: { name: "UBND thành phố", address: "vanthu@langson.gov.vn" },
    to: [MAIL.to],
    subject: MAIL.subject,
    attachments: [{ filename: "công văn.docx" }],
  });
  expect(email?.text?.trim()).toBe(MAIL.text.trim());
  const [letter] = email?.attachments ?? [];
  expect([...new Uint8Array(letter?.content as ArrayBuffer)]).toEqual([1, 2, 3]);
});

test("who approves is told that something waits, by no figure; who has no address is not", async () => {
  const server = await startMailServer({
    onRcptTo: ({ address }, _, done) =>
      done(address.startsWith("pho") ? new Error("no such box") : null),
  });
  const accounts = new Accounts(newFolder());
  for (const [name, role] of [
    ["chutich", "leader"],
    ["pho", "leader"],
    ["khong", "leader"],
    ["tonghop", "staff"],
  ] as const) {
    const email = name === "khong" ? undefined : `${name}@langson.gov.vn`;
    await accounts.invite({ name, shownName: name, role, units: [], email }, new Date());
  }
  const notes: string[] = [];
  const failed = await mailApprovers(
    {
      desk: {
        accounts,
        mail: through(server, "smtp", "", 10_000),
        origin: () => "https://chitieu.langson.gov.vn",
      },
      visitor: { account: { shown_name: "Bà Tổng" } as Account, token: "" },
      note: async (act) => void notes.push(act),
    },
    "báo cáo quý II, 217/KH-UBND",
    "/ban-lam-viec/bao-cao/a/Q2",
  );
  expect(failed).toEqual(["pho@langson.gov.vn"]);
  expect(notes).toEqual(["gửi thư báo chờ duyệt", "không gửi được thư báo chờ duyệt"]);
  expect(server.taken.map(({ to, subject, text }) => [to, subject, text?.trim()])).toEqual([
    [
      [{ name: "chutich", address: "chutich@langson.gov.vn" }],
      "Chờ duyệt: báo cáo quý II, 217/KH-UBND",
      `chutich: có việc chờ duyệt, do Bà Tổng trình: báo cáo quý II, 217/KH-UBND.

Xem và duyệt tại Bàn làm việc:
https://chitieu.langson.gov.vn/ban-lam-viec/bao-cao/a/Q2

Mọi việc chờ duyệt: https://chitieu.langson.gov.vn/ban-lam-viec/viec-cho`,
    ],
  ]);
});

test("a server that refuses, does not let in, is not known or is silent is an answer", async () => {
  const refusing = await startMailServer({
    onRcptTo: (_, __, done) => done(Object.assign(new Error("no such box"), { responseCode: 550 })),
  });
  expect(await through(refusing).send(MAIL)).toEqual({
    isSent: false,
    reply: "550 no such box",
    isHopeless: false,
  });
  const strict = await startMailServer({
    authOptional: false,
    onAuth: (_, __, done) => done(new Error("wrong password")),
  });
  const kept = await through(strict, "smtp", "vanthu").send(MAIL);
  expect(kept).toMatchObject({ isSent: false, isHopeless: true });
  expect(kept.reply).toMatch(/^535 wrong password$/);
  const unknown = await startMailServer({ secure: true });
  expect(await through(unknown, "smtps").send(MAIL)).toMatchObject({
    isSent: false,
    reply: expect.stringMatching(/certificate/),
    isHopeless: true,
  });
  const silent = await startMailServer({ onConnect: () => undefined });
  expect(await through(silent).send(MAIL)).toMatchObject({ isSent: false, isHopeless: true });
  expect(await through({ port: 9 }).send(MAIL)).toMatchObject({
    isSent: false,
    reply: expect.stringMatching(/ECONNREFUSED/),
    isHopeless: true,
  });
});

test("the password stands in a file or the environment, never in the address", () => {
  const file = join(newFolder(), "mat-khau");
  writeFileSync(file, "bí mật\n");
  const [address, user] = ["smtps://mail.langson.gov.vn", "smtps://vanthu@mail.langson.gov.vn"];
  expect(mailSettings(undefined, undefined, undefined)).toBeNull();
  expect(mailSettings(address, FROM, undefined)?.password).toBeNull();
  expect(mailSettings(user, FROM, file)).toMatchObject({ from: FROM, password: "bí mật" });
  const WRONG: [Parameters<typeof mailSettings>, RegExp][] = [
    [["mail.langson.gov.vn", FROM, undefined], /--smtp không phải địa chỉ/],
    [["https://mail.langson.gov.vn", FROM, undefined], /--smtp không phải địa chỉ/],
    [["smtps://vanthu:bimat@mail.langson.gov.vn", FROM, file], /--smtp có mật khẩu/],
    [[address, undefined, undefined], /--smtp-from chưa nêu/],
    [[address, "UBND thành phố", undefined], /--smtp-from chưa nêu/],
    [[address, "a@b.vn\r\nBcc: c@d.vn", undefined], /--smtp-from chưa nêu/],
    [[user, FROM, undefined], /chưa có mật khẩu/],
    [[user, FROM, `${file}x`], /Không đọc được/],
  ];
  for (const [args, says] of WRONG) expect(() => mailSettings(...args)).toThrow(says);
});
