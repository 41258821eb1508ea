import { STATUS_CODES } from "node:http";
import { z } from "zod";
import { API, ApiFault, type ApiRoute, type Content } from "./api-route.ts";

/** Faults that every address may answer. */
const FAULTS = [400, 401, 403, 429, 500, 503, 507];

const INFO = {
  title: "chitieu",
  version: "1",
  description:
    "Đường vào và ra của các hệ thống khác: gửi báo cáo, đọc số liệu. Cột của các bảng có nghĩa như ở trang Từ điển số liệu (/tu-dien/). Số thập phân là chuỗi, đúng từng chữ số. Số không công bố thì để trống, is_withheld là true.",
};

const schemaOf = (shape: z.ZodType, io: "input" | "output"): unknown => {
  const { $schema, ...schema } = z.toJSONSchema(shape, { target: "draft-2020-12", io });
  return schema;
};

function contentOf({ type, shape }: Content, io: "input" | "output") {
  const schema =
    shape === null ? (type === "text/csv" ? { type: "string" } : {}) : schemaOf(shape, io);
  return { [type]: { schema } };
}

function parametersOf({ query, names, headers }: ApiRoute) {
  const described = (shape: z.ZodType) => {
    const { description, ...schema } = schemaOf(shape, "output") as { description?: string };
    return description === undefined ? { schema } : { description, schema };
  };
  return [
    ...Object.entries(names).map(([name, shape]) => ({
      ...{ name, in: "path", required: true },
      ...described(shape),
    })),
    ...Object.entries(query.shape as Record<string, z.ZodType>).map(([name, shape]) => ({
      ...{ name, in: "query", required: !shape.safeParse(undefined).success },
      ...described(shape),
    })),
    ...Object.entries(headers).map(([name, shape]) => ({
      ...{ name, in: "header", required: false },
      ...described(shape),
    })),
  ];
}

function operationOf(route: ApiRoute) {
  const { method, path, summary, who, body, answers, faults } = route;
  const fault = (status: number) => [
    status,
    { description: STATUS_CODES[status], content: { "application/json": { schema: FAULT } } },
  ];
  return {
    operationId: `${method}${path.replace(/[^a-zA-Z0-9]+(\w?)/g, (_, one: string) => one.toUpperCase())}`,
    summary,
    tags: [who === "sends" ? "gửi" : who === "reads" ? "đọc" : "danh mục"],
    parameters: parametersOf(route),
    ...(body.length === 0
      ? {}
      : {
          requestBody: {
            required: true,
            content: Object.assign({}, ...body.map((one) => contentOf(one, "input"))),
          },
        }),
    responses: Object.fromEntries([
      ...Object.entries(answers).map(([status, { meaning, ...content }]) => [
        status,
        { description: meaning, content: contentOf(content, "output") },
      ]),
      ...[...FAULTS, ...faults].map(fault),
    ]),
  };
}

const FAULT = { $ref: "#/components/schemas/Fault" };

/** The description of the API as OpenAPI 3.1, from the shapes that check what comes and goes. */
export function openApi(routes: readonly ApiRoute[]) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: INFO,
    servers: [{ url: API }],
    security: [{ key: [] }],
    paths,
    components: {
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "Mã truy cập do quản trị cấp." },
      },
      schemas: { Fault: schemaOf(ApiFault, "output") },
    },
  };
}
