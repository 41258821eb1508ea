import type { SectionLink } from "./links.ts";

const SECTIONS = {
  home: { href: "/", title: "Các kế hoạch" },
  units: { href: "/don-vi/", title: "Đơn vị báo cáo" },
  reports: { href: "/bao-cao/", title: "Báo cáo" },
  find: { href: "/tim-kiem/", title: "Tìm kiếm" },
  dictionary: { href: "/tu-dien/", title: "Từ điển số liệu" },
} as const;

export type OfficeSection = keyof typeof SECTIONS;

/** The sections of an office with several plans. */
export function officeSections(open: OfficeSection): SectionLink[] {
  return Object.entries(SECTIONS).map(([id, link]) => ({ ...link, isOpen: id === open }));
}
