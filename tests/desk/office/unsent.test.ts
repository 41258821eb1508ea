import { expect, test } from "vitest";
import { Drafts } from "../../../pipelines/desk/kept/drafts.ts";
import { type Proposal, Proposals } from "../../../pipelines/desk/kept/proposals.ts";
import { unsentWith } from "../../../pipelines/desk/office/unsent.ts";
import { EMPTY_DRAFT, PlanDrafts } from "../../../pipelines/desk/plans/plan-drafts.ts";
import { newFolder } from "../../folders.ts";

const DRAFT = {
  remarks: {},
  ...{ plan: "thu", period: "Q2", account: "ward2", saved_by: "Phường Hai" },
  saved_at: "2030-07-01T01:00:00.000Z",
  ...{ is_nil_return: false, values: {} },
};
const PROPOSAL: Omit<Proposal, "period"> = {
  ...{ plan: "thu", class: "first", reason: "Phát hành", is_final: false, lets_stand: false },
  ...{ number: null, dated: null, signature: [], signatory: null, texts: null },
  prepared: { name: "Lan", at: "2030-07-01T01:00:00.000Z" },
  ...{ account: "lan", state: "draft", returned: null },
};

test("a text that nobody has sent yet is found in notes, reasons, paragraphs and plans", async () => {
  const folder = newFolder();
  const isMeant = (text: string) => text.includes("bà Hoa");
  expect(await unsentWith(folder, isMeant)).toEqual([]);
  const drafts = new Drafts(folder);
  await drafts.save({ ...DRAFT, unit: "UB-01", notes: { people: "theo bà Hoa" } });
  await drafts.save({ ...DRAFT, unit: "UB-02", notes: { people: "tăng" } });
  const proposals = new Proposals(folder);
  await proposals.save({
    ...PROPOSAL,
    period: "Q1",
    texts: { is_shared: false, heads: { causes: ["Do bà Hoa."] } },
  });
  await proposals.save({
    ...PROPOSAL,
    ...{ period: "Q2", state: "returned" },
    returned: { name: "Minh", at: PROPOSAL.prepared.at, reason: "bỏ tên bà Hoa" },
  });
  await proposals.save({ ...PROPOSAL, period: "Q3" });
  const plans = new PlanDrafts(folder);
  const written = { ...EMPTY_DRAFT, account: "lan", saved: PROPOSAL.prepared };
  // broken off by the file, in a comment, beside the file, nowhere
  const texts = ["1\nadded_rules:\n  - >-\n    theo bà\n    Hoa", "2 # bà Hoa", "3", "4"];
  for (const [key, number] of texts.entries()) {
    const areas = key === 2 ? [{ code: "1", name: "Tổ bà Hoa" }] : [];
    await plans.save({ ...written, key: String(key), text: `number: ${number}\n`, areas });
  }
  const found = await unsentWith(folder, isMeant);
  expect(found.map(({ unit, plan, period }) => `${unit} ${plan} ${period}`).sort()).toEqual([
    "UB-01 thu Q2",
    "null 1 null",
    "null 2 null",
    "null 3 null",
    "null thu Q1",
    "null thu Q2",
  ]);
});
