/**
 * What is written before data of a person, or at the head of a column of them, by what follows.
 * Phrases are parted by commas, in small letters with accents; texts without accents are compared
 * without. Each counts only where what follows has the shape of its kind.
 */
export const LABELS = {
  name: `họ và tên, họ tên, họ & tên, họ/tên, họ đệm và tên, họ và chữ đệm, hoten, tên đối tượng, tên người, tên chủ,
    tên học viên, tên nạn nhân, tên bệnh nhân, tên công dân, tên học sinh, tên vợ, tên chồng, tên con, tên cha, tên bố, tên mẹ,
    tên là, tên khai sinh, tên thường gọi, tên khác, bí danh, người bị, người vi phạm, người nghiện, người bán dâm, người mua dâm,
    người được, người đại diện, người liên hệ, người đứng đầu, người phụ trách, người quản lý, người giám hộ, người báo tin, người tố giác,
    người lao động, người nhà, người thân, người sau cai, người khuyết tật, đối tượng, nạn nhân, bị can, bị cáo, đương sự, bệnh nhân, học viên,
    chủ hộ, chủ cơ sở, chủ quán, chủ nhà, chủ kinh doanh, chủ xe, vợ, chồng, cha, mẹ, bố, con, cha/mẹ, thân nhân, nhân viên, tiếp viên, ông/bà,
    ông (bà), cán bộ phụ trách, trưởng thôn, tổ trưởng, bí thư chi bộ, họ, tên và chữ đệm, full name, fullname, danh sách`,
  id_card: `cccd, cmnd, cmt, cmtnd, cmnd/cccd, cccd/cmnd, căn cước, căn cước công dân, thẻ căn cước, chứng minh thư,
    chứng minh nhân dân, chứng minh, định danh, số định danh, mã định danh, định danh cá nhân, đdcn, số đdcn, giấy tờ tùy thân,
    giấy tờ tuỳ thân, số giấy tờ, số cm, số cc, thẻ cc, cc, ccđt, hộ chiếu, passport, số hộ chiếu, giấy thông hành, id card,
    bằng lái, gplx, giấy phép lái xe`,
  insurance: "bhxh, bhyt, mã bhxh, mã bhyt, số bhxh, thẻ bhyt, bảo hiểm y tế, bảo hiểm xã hội",
  phone: `điện thoại, sđt, đt, đtdđ, dđ, số đt, số điện thoại, số máy, di động, tel, phone, mobile, hotline, zalo, liên hệ, lh,
    liên lạc, số liên lạc, gọi, số liên hệ, số zalo, phone number, đt liên hệ`,
  email: "email, e-mail, mail, thư điện tử, hộp thư, gmail",
  account:
    "stk, số tài khoản, tài khoản, tk, tknh, số tk, tài khoản ngân hàng, số thẻ atm, thẻ atm, mst cá nhân, mã số thuế cá nhân, mst",
  birth_date: `sinh ngày, ngày sinh, sinh năm, năm sinh, ngày tháng năm sinh, ngày/tháng/năm sinh, sn, s.n, s/n,
    ns, n.s, n/s, sinh, nsinh, n.sinh, ntns, dob, d.o.b, date of birth, birthday`,
  age: "tuổi",
  address: `địa chỉ, đ/c, đc, đ.c, d/c, địa chỉ thường trú, nơi ở, nơi ở hiện nay, chỗ ở, chỗ ở hiện nay, chỗ ở hiện tại, thường trú, hktt, đkhktt,
    đkhk, hk, tạm trú, đktt, nơi cư trú, cư trú, nơi thường trú, nơi tạm trú, nơi đkhktt, hộ khẩu, hộ khẩu thường trú, nơi đăng ký hộ khẩu,
    trú tại, trú quán, trú, ngụ, ngụ tại, quê, quê quán, nguyên quán, quê ở, nhà ở, nhà riêng, sống tại, hiện ở, address, nơi sinh,
    nơi đăng ký tạm trú, nơi đăng ký thường trú`,
  contact: "facebook, fb, zalo, nick, tiktok, telegram, viber, link facebook",
  plate: "biển số, biển kiểm soát, bks, biển số xe, bs, xe",
} as const;

/** Heads of columns that hold signatures, not a list of persons: one name may stand below each. */
export const SIGNERS = `người lập, người lập biểu, người lập báo cáo, người ký, người tổng hợp, người duyệt, người kiểm tra, người báo cáo, thủ trưởng,
  thủ trưởng đơn vị, kế toán, chủ tịch, phó chủ tịch, trưởng phòng, phó trưởng phòng, giám đốc, trưởng công an, văn phòng, cán bộ tổng hợp,
  người thực hiện, đại diện đơn vị, lãnh đạo đơn vị, chỉ huy trưởng, tm. ủy ban nhân dân, kt. chủ tịch, ký, ghi rõ họ tên`;

/** Words that call one person, before the person's own name. */
export const CALLS = `ông, bà, anh, chị, cô, chú, bác, cháu, em, dì, cậu, mợ, thím, bé, mr, mrs, ms, miss, a, c, đ/c, đồng chí, thầy`;

/** Words for one person whose name is not said, of whom a year or an age tells enough. */
export const ONE_PERSON = `đối tượng, nạn nhân, bị can, bị cáo, đương sự, bệnh nhân, cháu, bé gái, bé trai, em gái, em trai, anh, chị, ông, bà, cô, chú,
  bác, vợ, chồng, con gái, con trai, bố, người mẹ, người cha, người này, chủ quán, chủ cơ sở, nhân viên nữ, tiếp viên, học viên, cháu gái, cháu trai`;

/** What else an abbreviation that calls a person may stand before. */
export const ROLES = `chủ, phó, bí, trưởng, giám, thường, ủy, đại, cục, chi, hiệu, hội, cán, lãnh, tổng, tư, thư, thành, đảng, bộ, chỉ, công, quân, chánh, viện, kế, văn, y, tổ, ban, phòng, sở, ngành`;
