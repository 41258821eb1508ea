import { z } from "zod";
import { Reader, readersOn } from "../../contract/report.ts";
import { frozenFilesOf, readFrozen } from "../../publishing/version-files.ts";
import { ApiRefused, type ApiRequest, apiRoute, wholeIn } from "./api-route.ts";

const Digest = z.string().regex(/^[0-9a-f]{64}$/);

const VersionFile = z.strictObject({
  plan_id: z.string(),
  period: z.string(),
  version: z.int(),
  reader: Reader.describe("Bản dành cho ai."),
  name: z.string(),
  media_type: z.string(),
  byte_size: z.int(),
  sha256: Digest,
});

/** The files of published versions that the audience of a key may have. */
async function filesSeen({ desk: { office }, key }: ApiRequest) {
  const readers = key.audience === null ? [] : readersOn(key.audience);
  const files = await office.read(({ paths }) =>
    Promise.all(readers.map((reader) => frozenFilesOf(paths, reader))),
  );
  return office.board.versions.flatMap((version) =>
    files.flatMap((ofReader) =>
      (ofReader.get(version.publication_no) ?? []).map((file) => ({ version, file })),
    ),
  );
}

const FILES = apiRoute({
  method: "get",
  path: "/version-files",
  summary: "Các tệp của phiên bản đã phát hành, với mã băm",
  who: "reads",
  query: z.strictObject({
    plan: z.string().max(200).optional(),
    period: z.string().max(200).optional(),
    version: wholeIn(1, 1e9).optional(),
  }),
  answers: {
    200: { type: "application/json", shape: z.array(VersionFile), meaning: "Các tệp." },
  },
  run: async (request, { plan, period, version: asked }) => {
    const seen = await filesSeen(request);
    const body = seen
      .filter(
        ({ version }) =>
          (plan === undefined || version.plan_id === plan) &&
          (period === undefined || version.period === period) &&
          (asked === undefined || version.version === asked),
      )
      .map(
        ({ version, file }): z.infer<typeof VersionFile> => ({
          ...{ plan_id: version.plan_id, period: version.period, version: version.version },
          ...{ reader: file.audience, name: file.name, media_type: file.media_type },
          ...{ byte_size: file.byte_size, sha256: file.sha256 },
        }),
      );
    return Response.json(body);
  },
});

const FILE = apiRoute({
  method: "get",
  path: "/version-files/{sha256}",
  summary: "Một tệp của phiên bản đã phát hành, từng byte như khi phát hành",
  who: "reads",
  query: z.strictObject({}),
  names: { sha256: Digest },
  answers: { 200: { type: "application/octet-stream", shape: null, meaning: "Tệp." } },
  faults: [404],
  run: async (request) => {
    const sha256 = request.c.req.param("sha256");
    const file = (await filesSeen(request)).find((one) => one.file.sha256 === sha256)?.file;
    if (file === undefined)
      throw new ApiRefused(404, "no_such_file", "Không có tệp nào có mã băm này.");
    const bytes = await request.desk.office.read(({ paths }) => readFrozen(paths, file));
    return new Response(bytes, {
      headers: {
        "content-type": file.media_type,
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
        etag: `"${file.sha256}"`,
        "cache-control": "private, max-age=31536000, immutable",
      },
    });
  },
});

/** Files of published versions. */
export const VERSION_FILE_ROUTES = [FILES, FILE];
