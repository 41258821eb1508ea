import { extname, posix } from "node:path";
import { READERS, type Reader } from "../../contract/report.ts";
import { fillTemplate } from "../../exports/template.ts";
import { KNOWN_MARKS } from "../../exports/template-mark.ts";
import { proveAgainst } from "../../publishing/proof.ts";
import { readPublishedReport } from "../../publishing/published-reports.ts";
import { frozenFilesOf, readFrozen } from "../../publishing/version-files.ts";
import { Failure } from "../../vocabulary/failure.ts";
import { shownText } from "../../vocabulary/shown-text.ts";
import { reportIn } from "../page/access.ts";
import { saved } from "../page/request.ts";
import { type Answer, type Asked, about, type Route, type SentForm } from "../page/routes.ts";
import { CheckPage, type KeptVersion, VersionPage } from "./version-page.tsx";

/** Where the form of a superior is sent to be filled; it takes files. */
export const TEMPLATE_PATH = "/bieu-cap-tren";
export const CHECK_PATH = "/kiem-tra";

const PATH = "/bao-cao/:plan/:period/:version{v[0-9]+}";

/** Published versions with their files for every reader, the superior's form, and what a code is of. */
export const VERSION_ROUTES: readonly Route[] = [
  ["get", PATH, "see every unit", about(meant, openVersion)],
  ["get", `${PATH}/tep/:reader/:name`, "see every unit", about(meant, keptFile)],
  ["post", `${PATH}${TEMPLATE_PATH}`, "prepare reports", about(meant, fillForm)],
  ["get", CHECK_PATH, "see every unit", ({ c }: Asked) => c.render(<CheckPage />)],
  ["post", CHECK_PATH, "see every unit", checkProof],
];

async function meant({ c, desk: { office } }: Asked): Promise<KeptVersion | null> {
  const { plan: planId = "", period: code = "", version = "" } = c.req.param();
  const report = reportIn(office.board, planId, code);
  const stored = office.board.versions.find(
    (one) => one.plan_id === planId && one.period === code && `v${one.version}` === version,
  );
  if (report === null || stored === undefined) return null;
  const files = await office.read(({ paths }) =>
    Promise.all(
      READERS.map(async (reader) => {
        const frozen = await frozenFilesOf(paths, reader);
        return [reader, frozen.get(stored.publication_no) ?? []] as const;
      }),
    ),
  );
  return { ...report, stored, files: files.filter(([, ofReader]) => ofReader.length > 0) };
}

function page(
  { c }: Asked,
  one: KeptVersion,
  notice: { done?: string; faults?: readonly string[] } = {},
  status: 200 | 400 = 200,
): Answer {
  return c.render(<VersionPage {...{ ...one, ...notice }} />, status);
}

function openVersion(asked: Asked, one: KeptVersion): Answer {
  const isNew = asked.c.req.query("da-phat-hanh") !== undefined;
  const { version, check_code } = one.stored;
  const done = `Đã phát hành phiên bản ${version}, mã kiểm tra ${check_code}. Trang báo cáo sẽ có sau ít phút.`;
  return page(asked, one, isNew ? { done } : {});
}

async function keptFile({ c, desk: { office } }: Asked, one: KeptVersion): Promise<Response> {
  const { reader, name } = c.req.param();
  const file = one.files.find(([of]) => of === reader)?.[1].find((kept) => kept.name === name);
  if (file === undefined) return c.notFound();
  const bytes = await office.read(({ paths }) => readFrozen(paths, file));
  return saved(c, Buffer.from(bytes), file.name);
}

async function fillForm(form: SentForm, one: KeptVersion): Promise<Response> {
  const { c, desk } = form;
  const file = form.fields.get("file");
  if (file === null || typeof file === "string" || file.name === "") {
    return page(
      form,
      one,
      { faults: ["Chưa chọn tệp biểu của cấp trên (.xlsx hoặc .docx)."] },
      400,
    );
  }
  const { stored, files } = one;
  const audience: Reader = files.some(([of]) => of === "superior") ? "superior" : "city";
  const report = await desk.office.read(({ paths }) =>
    readPublishedReport(paths, {
      ...{ planId: stored.plan_id, period: stored.period, version: stored.version, audience },
    }),
  );
  const name = posix.basename(shownText(file.name));
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const { bytes: made, unknown } = fillTemplate(report, name, bytes);
    if (unknown.length > 0 && form.field("keeps_unknown") !== "1") {
      const faults = [
        ...unknown.map((mark) => `Không rõ dấu ${mark}.`),
        `Các dấu dùng được: ${KNOWN_MARKS}.`,
      ];
      return page(form, one, { faults }, 400);
    }
    const ending = extname(name);
    return saved(
      c,
      Buffer.from(made),
      `${posix.basename(name, ending)}_${stored.period}_v${stored.version}${ending}`,
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return page(form, one, { faults: [error.message] }, 400);
  }
}

async function checkProof(form: SentForm): Promise<Response> {
  const { c, desk } = form;
  const file = form.fields.get("file");
  const code = form.field("code");
  const what =
    file !== null && typeof file !== "string" && file.name !== ""
      ? { name: shownText(file.name), bytes: new Uint8Array(await file.arrayBuffer()) }
      : code;
  const proof = await desk.office.read(({ paths }) => proveAgainst(paths, what));
  return c.render(<CheckPage {...{ code, proof }} />, proof === null ? 400 : 200);
}
