import { type Child, createContext, type FC, type JSX, useContext } from "hono/jsx";
import type { Actor } from "../../ledger/journal.ts";
import { officeTime, vietnameseDate } from "../../vocabulary/date.ts";
import { inSentence } from "../../vocabulary/letter-case.ts";
import { sha256Of } from "../../warehouse/files.ts";
import type { Account } from "../accounts/accounts.ts";
import { may, ROLES } from "../accounts/roles.ts";

/** Where the desk lies beside the pages of the site. */
export const DESK = "/ban-lam-viec";

/** `09:05 ngày 06/5/2024`, of a moment or of office time such as `2024-05-06 09:05:00`. */
export function momentText(moment: Date | string): string {
  const text = typeof moment === "string" ? moment : officeTime(moment);
  return `${text.slice(11, 16)} ngày ${vietnameseDate(text)}`;
}

/** Who has caused an entry of the journal, as `Nguyễn Văn A, cán bộ đơn vị` or `dòng lệnh (root)`. */
export function causeText({ way, account, name, role }: Actor): string {
  if (way === "folder") return "thư mục nhận tệp";
  if (way === "command") return `dòng lệnh (${account})`;
  return role === null ? (name ?? account) : `${name ?? account}, ${inSentence(role)}`;
}

/** Somebody who is logged in, and the mark that the forms of the session carry. */
export interface Visitor {
  readonly account: Account;
  readonly token: string;
}

/** What all parts of a page know: who asks for it, and whether the figures of the desk are made up. */
export interface Around {
  /** Null where nobody is logged in. */
  readonly visitor: Visitor | null;
  readonly isDemonstration: boolean;
  /** Whether the clock is asked about. */
  readonly isClockAsked: boolean;
}

/** Set for each answer by `app.tsx`. */
export const Around = createContext<Around>({
  visitor: null,
  isDemonstration: false,
  isClockAsked: false,
});

/** Who asks for a page that only somebody who is logged in is shown. */
export function useVisitor(): Visitor {
  const { visitor } = useContext(Around);
  if (visitor === null) throw new Error("nobody is logged in");
  return visitor;
}

/** A field without which a form of a session is refused. */
export const Mark: FC = () => <input type="hidden" name="_token" value={useVisitor().token} />;

/**
 * What somebody has seen before he sends a form, if that may have changed by then: where
 * `SentForm.isAsShown` says that it has, the page is shown again and nothing is done.
 */
export const Basis: FC<{ of: unknown }> = ({ of }) => (
  <input type="hidden" name="basis" value={basisOf(of)} />
);

export function basisOf(of: unknown): string {
  return sha256Of(JSON.stringify(of ?? null, inOrder)).slice(0, 16);
}

/** What is kept and read again has its fields in another order. */
function inOrder(_: string, value: unknown): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? Object.fromEntries(Object.entries(value).sort()) : value;
}

/** What is said where something is not as it was shown. */
export function changedSince(what: string, act: string): string {
  return `${what} đã thay đổi sau khi trang này được mở. Xem lại rồi ${act} lần nữa.`;
}

/** A form of the visitor's session, to be sent. */
export const Form: FC<JSX.IntrinsicElements["form"]> = ({ children, ...form }) => (
  <form method="post" {...form}>
    <Mark />
    {children}
  </form>
);

/** An input with its label. */
export const Field: FC<JSX.IntrinsicElements["input"]> = ({ children, ...input }) => (
  <label>
    {children}
    <input {...input} />
  </label>
);

/** A choice of some values, each with its words; its label is what stands within it. */
export const Select: FC<
  JSX.IntrinsicElements["select"] & {
    of: readonly (readonly [value: string, words: string])[];
    chosen?: string | undefined;
  }
> = ({ of, chosen, children, ...select }) => {
  const options = of.map(([value, words]) => (
    <option value={value} selected={value === chosen}>
      {words}
    </option>
  ));
  if (children === undefined) return <select {...select}>{options}</select>;
  return (
    <label>
      {children}
      <select {...select}>{options}</select>
    </label>
  );
};

/** What keeps something from being done; nothing where there is nothing to say. */
export const Fault: FC<{ children?: string | undefined }> = ({ children }) =>
  children ? (
    <p class="fault" role="alert">
      {children}
    </p>
  ) : null;

/** What has been done. */
export const Done: FC<{ children?: Child }> = ({ children }) =>
  children ? (
    <p class="done" role="status">
      {children}
    </p>
  ) : null;

/** A button of a form of several: what it does, and of what that is, for whoever does not see where it stands. */
export const Act: FC<{
  act: string;
  of?: string | undefined;
  isMain?: boolean;
  isDisabled?: boolean;
  name?: string;
  children?: Child;
}> = ({ act, of, isMain = false, isDisabled = false, name = "act", children }) => (
  <button type="submit" name={name} value={act} class={isMain ? "" : "plain"} disabled={isDisabled}>
    {children}
    {of !== undefined && <span class="unseen">: {of}</span>}
  </button>
);

const WORK_STATES = {
  draft: ["Đang soạn", "none"],
  submitted: ["Chờ duyệt", "to_explain"],
  returned: ["Lãnh đạo trả lại", "returned"],
} as const;

/** How far a report or plan is that is drawn up. */
export const WorkState: FC<{ of: { readonly state: keyof typeof WORK_STATES } }> = ({ of }) => {
  const [word, badge] = WORK_STATES[of.state];
  return <span class={`badge ${badge}`}>{word}</span>;
};

/** Each as an item of a list. */
export const Lines: FC<{ of: readonly Child[] }> = ({ of }) => (
  <ul>
    {of.map((one) => (
      <li>{one}</li>
    ))}
  </ul>
);

/**
 * Scripts of the desk, by their names: light or dark, before the first paint; a form that is checked
 * while it is filled in; files that are chosen and dropped.
 */
export const SCRIPTS = ["sang-toi.js", "nhap.js", "tha-tep.js", "ke-hoach.js"] as const;
export type Script = (typeof SCRIPTS)[number];

/** Inter in the two subsets that Vietnamese is written with, as the report pages have it. */
export const LETTERS = ["vietnamese", "latin"] as const;
export type Letters = (typeof LETTERS)[number];

/** What stands around every page of the desk. */
export const Page: FC<{
  title: string;
  /** The section that it belongs to. */
  open?: string;
  /** A script that makes the page pleasanter; it works without. */
  script?: Exclude<Script, "sang-toi.js">;
  /** The same for everybody, whether logged in or not. */
  isForAnybody?: boolean;
  children?: Child;
}> = ({ title, open, script, isForAnybody, children }) => {
  const { isDemonstration, isClockAsked } = useContext(Around);
  return (
    <html lang="vi">
      <head>
        <meta charset="utf-8" />
        <link rel="icon" href="data:," />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title} – Bàn làm việc</title>
        <script src={`${DESK}/sang-toi.js`} />
        <link rel="stylesheet" href={`${DESK}/giao-dien.css`} />
        {script && <script type="module" src={`${DESK}/${script}`} />}
      </head>
      <body>
        <a class="skip" href="#noi-dung">
          Đến nội dung chính
        </a>
        <header>
          <div class="wrap head">
            <a class="brand" href={`${DESK}/`}>
              <span class="mark" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              Bàn làm việc
            </a>
            {!isForAnybody && <VisitorHead open={open} />}
          </div>
        </header>
        {isDemonstration && (
          <p class="demo">
            <strong>Số liệu minh họa</strong> Số liệu do phần mềm tạo ra để trình bày, không phải số
            liệu thật. Đồng hồ của bản minh họa chỉ {momentText(new Date())}.
          </p>
        )}
        <main id="noi-dung" class="wrap" tabindex={-1}>
          {isClockAsked && !isForAnybody && <ClockAskedNote />}
          {children}
        </main>
      </body>
    </html>
  );
};

/** What everybody is told while the clock is asked about. */
const ClockAskedNote: FC = () => (
  <p class="fault" role="status">
    Đồng hồ máy chủ cần được kiểm tra: tệp gửi lên được giữ lại và tự được tiếp nhận sau đó.{" "}
    {may(useVisitor().account.role, "set the clock right") && (
      <a href={`${DESK}/dong-ho`}>Kiểm tra đồng hồ</a>
    )}
  </p>
);

/** Where a visitor may go, and who he is. */
const VisitorHead: FC<{ open?: string | undefined }> = ({ open }) => {
  const { account } = useVisitor();
  const { role } = account;
  const sections = [
    ...(may(role, "send for own units") ? [["viec", "Việc của đơn vị tôi"]] : []),
    ...(may(role, "see every unit") ? [["viec-cho", "Việc chờ"]] : []),
    ...(may(role, "see every unit") ? [["theo-doi", "Theo dõi"]] : []),
    ...(may(role, "see every unit") ? [["bao-cao", "Báo cáo"]] : []),
    ...(may(role, "see every unit") ? [["ke-hoach", "Kế hoạch"]] : []),
    ...(may(role, "remind units") ? [["don-doc", "Đôn đốc"]] : []),
    ...(may(role, "send for any unit") ? [["gui-thay", "Nhận thay"]] : []),
    ...(may(role, "manage accounts") ? [["tai-khoan", "Tài khoản"]] : []),
    ...(may(role, "manage accounts")
      ? []
      : [["phieu", may(role, "see every unit") ? "Tệp đã nhận" : "Tệp đã gửi"]]),
  ];
  return (
    <>
      <nav aria-label="Các phần của bàn làm việc">
        <ul>
          {sections.map(([id, name]) => (
            <li>
              <a href={`${DESK}/${id}`} aria-current={open === id ? "page" : undefined}>
                {name}
              </a>
            </li>
          ))}
          <li>
            <a href="/">Các trang báo cáo</a>
          </li>
        </ul>
      </nav>
      <Form action={`${DESK}/dang-xuat`} class="who">
        <span>
          <a href={`${DESK}/tai-khoan-cua-toi`}>{account.shown_name}</a>
          {account.shown_name !== ROLES[role] && <small>{ROLES[role]}</small>}
        </span>
        <button type="submit" class="plain">
          Đăng xuất
        </button>
      </Form>
    </>
  );
};

/**
 * A table that can be reached with the keyboard. On a phone its rows are cards, with the `data-label`
 * of each cell before it; a board keeps its first column and scrolls.
 * @param children its rows
 */
export const Table: FC<{
  caption: string;
  kind?: "cards" | "board";
  /** The head of each column. */
  head: readonly Child[];
  children?: Child;
}> = ({ caption, kind = "cards", head, children }) => (
  <section class={`table ${kind}`} tabindex={0} aria-label={caption}>
    <table>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {head.map((one) => (
            <th scope="col">{one}</th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);

/** A longer list is shown by parts. */
export const LISTED = 50;

/** A part of a long list, as much as one page shows. */
export interface PartOfList<T> {
  readonly shown: readonly T[];
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** How many the whole list has. */
  readonly total: number;
}

/** @param asked the number of the page, as it stands in an address; the first where it is none */
export function partOfList<T>(
  all: readonly T[],
  asked: string | undefined,
  listed: number,
): PartOfList<T> {
  const pages = Math.max(1, Math.ceil(all.length / listed));
  const page = Math.min(Math.max(1, Number.parseInt(asked ?? "1", 10) || 1), pages);
  const shown = all.slice((page - 1) * listed, page * listed);
  return { shown, page, pages, total: all.length };
}

/** The way to the parts of a list before and after one; nothing where it is the whole. */
export const Pager: FC<{
  part: PartOfList<unknown>;
  /** What is listed, as in `25 tệp`. */
  noun: string;
  addressOf: (page: number) => string;
}> = ({ part: { page, pages, total }, noun, addressOf }) =>
  pages === 1 ? null : (
    <p class="pager">
      {page > 1 && <a href={addressOf(page - 1)}>Trang trước</a>}
      <span>
        Trang {page}/{pages}, {total} {noun}
      </span>
      {page < pages && <a href={addressOf(page + 1)}>Trang sau</a>}
    </p>
  );

/** A few words where there is nothing else to show. */
export const WordsPage: FC<{
  title: string;
  words: string;
  isForAnybody?: boolean;
  /** The page from which something was sent. */
  back?: string | undefined;
}> = ({ title, words, isForAnybody = false, back }) => (
  <Page {...{ title, isForAnybody }}>
    <h1>{title}</h1>
    <p>{words}</p>
    {back !== undefined && (
      <p>
        <a href={back}>Mở lại trang vừa rồi</a>
      </p>
    )}
    <p>
      <a href={`${DESK}/`}>Về trang đầu</a>
    </p>
  </Page>
);
