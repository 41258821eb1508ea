import type { SectionLink } from "./links.ts";

const SECTIONS = {
  home: { title: "Các kế hoạch" },
  units: { href: "/don-vi/", title: "Đơn vị báo cáo" },
  reports: { href: "/bao-cao/", title: "Báo cáo" },
  find: { href: "/tim-kiem/", title: "Tìm kiếm" },
  dictionary: { href: "/tu-dien/", title: "Từ điển số liệu" },
} as const;

export type OfficeSection = keyof typeof SECTIONS;

/** The sections of an office with several plans, which are listed on a page of their own or on the first. */
export function officeSections(open: OfficeSection, plansPage: string): SectionLink[] {
  return Object.entries(SECTIONS).map(([id, link]) => ({
    href: plansPage,
    ...link,
    isOpen: id === open,
  }));
}
