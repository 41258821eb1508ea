/** Words before the name of a place, a school or a body that is called after a person. */
export const PLACE_WORDS = `phường, xã, thị trấn, đường, phố, trường, thcs, thpt, th, tiểu học, mầm non, mn, chợ, công viên, ubnd, hđnd, quảng trường, cầu,
  giải, quỹ, huyện, tỉnh, thành phố, tp, bệnh viện, đền, chùa, ngõ, tượng đài, nhà thờ, khu phố, thị xã, quận, đoàn, tncs, niên, tiền phong,
  cn, dt, hẻm, nhà trường, cấp 2, cấp 3, phong cách, đạo đức, tư tưởng, dốc, khu, khu đô thị, giải thưởng, lăng, cụm, điểm trường, liên trường, đội tntp, p, x, f`;

/** Words before the parts of an address, which then have a name or a number. */
export const ADDRESS_PARTS = `thôn, bản, xóm, buôn, bon, plei, ấp, khóm, phum, sóc, làng, tổ, khối, khu, khu dân cư, kdc, khu tái định cư, số, số nhà, ngõ, ngách, hẻm, đường, phố, phường, xã, huyện, thị trấn, quận, thành phố,
  tp, tỉnh, nhà trọ, nhà nghỉ, phòng trọ, chung cư, tòa, căn hộ, khu phố, tiểu khu, kp, tdp, ql, quốc lộ, đội, p, x, h, t, nà, pò, kiốt`;

/** Words of a body, whose telephone and mailbox everybody may know. */
export const OFFICE_WORDS = `văn phòng, ubnd, hđnd, công an, trực ban, đường dây nóng, phòng, trung tâm, trường, cơ quan, trạm, tổng đài, fax, sở, chi cục, ban chỉ đạo,
  đơn vị, phường, xã, thành phố, tỉnh, bộ phận một cửa, một cửa, hội, đoàn, doanh nghiệp, công ty, chi nhánh, kho bạc, cổng thông tin, tiếp nhận`;

/** Within the name of a mailbox: it is that of a body. */
export const OFFICE_MAILBOXES = `vanphong, congvan, vp, vpub, ubnd, hdnd, phuong, xa, tp, congan, ca, phong, tonghop, bcd, banchidao, sldtbxh, ldtbxh, phongldtbxh, ttyt, gddt, pgd,
  hoi, phunu, doan, thcs, tieuhoc, mamnon, truong, lienhe, info, contact, admin, vanthu, baocao, tiepnhan, motcua, support, hotro, noreply, banbientap, thongke`;

/** What stands before a number that is no one's: of a document, a file, a lot. */
export const DOCUMENT_WORDS = `công văn, văn bản, quyết định, thông báo, kế hoạch, hồ sơ, mã hồ sơ, phiếu, số phiếu, biên nhận, lô, hóa đơn, hoá đơn, chứng từ, seri, sêri, số hiệu,
  số lô, mã số hồ sơ, vụ án, biên bản, mã tthc, thủ tục, mã đơn vị, mã chương, mã số, mã vạch, mã, lần, tờ trình, cv, qđ, kh, bc, tb, tọa độ, toạ độ, giấy phép, gcn, đkkd, mã số thuế, mst, mã số doanh nghiệp, msdn`;

/** What is counted, behind its number. */
export const COUNTED = `người, vụ, lượt, hộ, cơ sở, buổi, cuộc, trường hợp, nhân khẩu, lao động, đối tượng, em, cháu, trẻ, học sinh, đồng, đ, vnđ, vnd, triệu, tỷ, nghìn, ngàn, %, ‰,
  tin, đơn, điểm, nhà, căn, m2, m, km, ha, kg, gam, tờ, bản, văn bản, khối, thôn, tổ, lớp, trường, đội, nhóm, lần, ngày, tháng, năm, quý, giờ, phút, bài, chiếc, xe, ca, suất, phiếu, thẻ, tài khoản,
  hội viên, đoàn viên, phụ nữ, nạn nhân, mô hình, câu lạc bộ, tin bài, băng rôn, hộp thư, phòng, bộ, cái, công dân, sinh viên, cặp, liều, mũi, nam, nữ, chị, bệnh nhân, học viên, thành viên, đại biểu, cán bộ, hồ sơ`;

/** Words for many, of whom a year of birth or an age is no one's. */
export const MANY = `các, những, toàn bộ, tất cả, số, tổng số, nhóm, độ tuổi, lứa tuổi, dưới, trên, từ, đến, đủ, trẻ em, trẻ, học sinh, công dân, thanh niên, người cao tuổi, phụ nữ, nam, nữ, khoảng,
  nhóm tuổi, bình quân, trung bình, mọi, nhiều, hơn, dân số`;

/** Before «sinh» it makes another word: «phát sinh», «học sinh». */
export const BEFORE_SINH = `phát, học, vệ, tái, nảy, hy, thí, cứu, mưu, an, dân, giáng, song, ký, thư, y, tỷ suất, số, mức, khai, nữ, nam, sản, tiệt, thai, sơ, bẩm, hộ, kỹ, giới tính khi, tỷ lệ, mới, triệt, kháng,
  ái, quyên, sát, tổng, nhân, môn, du, tu, quần, vi, thực, hàn, phục, tiền, hậu, sự, bình`;

/** Within the head of a column: it counts, or it is of bodies. */
export const NO_HEADS = `số lượng, tổng số, tổng, đã cấp, số người, số hộ, số đối tượng, số lượt, số vụ, số học sinh, tỷ lệ, (người), (hộ), (lượt), (vụ), %, bình quân, đơn vị, cơ quan, địa bàn,
  trang web, website, chỉ tiêu, độ tuổi, nhóm tuổi, sinh hoạt, phát sinh, học sinh, số trẻ, số nạn nhân, số bệnh nhân, số học viên, định danh điện tử, mức, đường dây nóng, hộp thư góp ý, nội dung, văn bản, ghi rõ, ký tên`;
