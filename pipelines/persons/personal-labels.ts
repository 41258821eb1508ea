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
    "stk, số tài khoản, tài khoản, tk, tknh, chuyển khoản, số tk, tài khoản ngân hàng, số thẻ atm, thẻ atm, mst cá nhân, mã số thuế cá nhân",
  birth_date: `sinh ngày, ngày sinh, sinh năm, năm sinh, ngày tháng năm sinh, ngày/tháng/năm sinh, sn, s.n, s/n,
    ns, n.s, n/s, sinh, nsinh, n.sinh, ntns, dob, d.o.b, date of birth, birthday`,
  age: "tuổi",
  address: `địa chỉ, đ/c, đc, đ.c, d/c, địa chỉ thường trú, địa chỉ nhà, nơi ở, nơi ở hiện nay, chỗ ở, chỗ ở hiện nay, chỗ ở hiện tại, thường trú, hktt, đkhktt,
    đkhk, hk, tạm trú, đktt, nơi cư trú, cư trú, nơi thường trú, nơi tạm trú, nơi đkhktt, hộ khẩu, hộ khẩu thường trú, nơi đăng ký hộ khẩu,
    trú tại, trú quán, trú, ngụ, ngụ tại, ở trọ, thuê trọ, trọ tại, quê, quê quán, nguyên quán, quê ở, nhà ở, nhà riêng, sống tại, hiện ở, address, nơi sinh,
    nơi đăng ký tạm trú, nơi đăng ký thường trú`,
  contact:
    "facebook, fb, zalo, nick, tiktok, telegram, viber, link facebook, facebooker, youtuber, tiktoker, streamer, vlogger, blogger",
  plate: "biển số, biển kiểm soát, bks, biển số xe, bs, xe",
} as const;

/** Heads of columns that hold signatures, not a list of persons: one name may stand below each. */
export const SIGNERS = `người lập, người lập biểu, người lập báo cáo, người ký, người tổng hợp, người duyệt, người kiểm tra, người báo cáo, thủ trưởng,
  thủ trưởng đơn vị, kế toán, chủ tịch, phó chủ tịch, trưởng phòng, phó trưởng phòng, giám đốc, trưởng công an, văn phòng, cán bộ tổng hợp,
  người thực hiện, đại diện đơn vị, lãnh đạo đơn vị, chỉ huy trưởng, tm. ủy ban nhân dân, kt. chủ tịch, ký, ghi rõ họ tên`;

/** Words that call one person, before the person's own name. */
export const CALLS = `ông, bà, anh, chị, cô, chú, bác, cháu, em, dì, cậu, mợ, thím, bé, mr, mrs, ms, miss, a, c, đ/c, đồng chí, thầy, tên, cụ, đ.c, e, b, ô,
  mế, thầy mo, thầy cúng, sư cô, sư thầy, ni sư, đại đức, thượng tọa, hòa thượng, mục sư, linh mục, cô giáo, thầy giáo, bà giáo, ông giáo, sếp, mệ, dượng, bạn, thằng, lão, mụ, gã, già làng, cháu bé, cô bé, cậu bé, đứa`;

/** Other words for one person that the own name may follow: «hộ Ích», «bệnh nhân Tài», «y sĩ Thơm». */
export const TITLE_WORDS = `hộ, hộ nhà, nhà, gia đình, vợ, chồng, con, cha, mẹ, bố, bố mẹ, mẹ kế, cha dượng, bố dượng, dì ghẻ, cháu nội, cháu ngoại, con gái, con trai, con dâu, con rể, anh ruột, anh trai,
  chị gái, em gái, em trai, vợ chồng, bệnh nhân, bn, người bệnh, sản phụ, thai phụ, nạn nhân, đối tượng, bị can, bị cáo, nghi phạm, nghi can, con nợ, chủ nợ, học sinh, hs, sinh viên, sv, học viên, trẻ, bé trai, bé gái,
  cử tri, lễ tân, tiếp viên, chủ rừng, đoàn viên, đảng viên, hội viên, công dân, thanh niên, quân nhân, dân quân, chiến sĩ, công nhân, chủ hộ, chủ quán, chủ nhà, phụ huynh, tài xế, lái xe, bảo vệ, y sĩ, y tá, bác sĩ, bác sỹ, bs, điều dưỡng, đd, hộ sinh,
  dược sĩ, nữ hộ sinh, ys, luật sư, ls, giáo viên, gv, kế toán, thủ quỹ, văn thư, cán bộ, chuyên viên, cộng tác viên, ctv, ctv dân số, cộng tác viên dân số, cán bộ dân số, kiểm tra viên, hòa giải viên, điều tra viên, thẩm phán, trưởng thôn, tổ trưởng, nhóm trưởng, đội trưởng, điều dưỡng trưởng,
  bí thư, phó bí thư, bí thư chi bộ, bí thư chi đoàn, bí thư đoàn, chủ tịch, phó chủ tịch, chủ tịch hội, trạm trưởng, trạm phó, trưởng công an, phó công an, phó trưởng công an, công an viên, chi hội phó, chủ nhiệm, nhập liệu, người nhập, người nhập liệu, người nộp, người cung cấp, người soát, đầu mối, thiếu úy, trung úy, thượng úy, đại úy, thiếu tá, trung tá, thượng tá, đại tá, hạ sĩ, trung sĩ, thượng sĩ, tr/u, cs, đồng phạm, người tình, bạn trai, bạn gái, nhóm của, trường hợp, ca, người nhận, người ký, người gửi, phụ trách, thực hiện, cán bộ phụ trách, người thực hiện, người lập, người lập biểu, người liên hệ, liệt sĩ, thương binh, nv, nhân viên, cb, ktv, nvyt, xã đội trưởng, thôn đội trưởng, chi hội trưởng, chi hội phó, tổ phó, khối phó, phó thôn, ts, ths, ks, ds, chuyên trách, nghệ nhân, nghệ sĩ, vận động viên, vđv, nhà báo, phóng viên,
  giám đốc, hiệu trưởng, hiệu phó, trưởng trạm, trưởng bản, trưởng xóm, trưởng ấp, trưởng buôn, trưởng khối, trưởng ban, trưởng phòng, phó phòng, thư ký, kỹ sư, thợ, thợ xây, tiểu thương, xe ôm, em họ, anh họ, chú ruột, cậu ruột, bác ruột, dì ruột, cô ruột, ông nội, bà nội, ông ngoại,
  bà ngoại, anh rể, em rể, chị dâu, em dâu, mẹ vợ, bố vợ, mẹ chồng, bố chồng, con nuôi, con riêng, mẹ nuôi, bố nuôi, người yêu, bạn học, bị hại, người bị hại, bị đơn, nguyên đơn, người khiếu nại, người tố cáo, người báo tin, người giám hộ, tên trộm, đàn em,
  tổ viên, đại biểu, cựu chiến binh, ccb, hộ lý, huấn luyện viên, hlv, trọng tài, ca sĩ, diễn viên, cầu thủ, thí sinh, thợ hồ, thợ điện, thợ hàn, thợ máy, thợ may, thợ mộc, shipper, kỹ thuật viên, thầy lang, bà đồng, cô đỡ, trùm, ông trùm, sư cả, trưởng nhóm, trưởng họ, trưởng tộc, trưởng đoàn,
  bảo mẫu, giúp việc, lao công, tạp vụ, chánh văn phòng, phó chánh văn phòng, phó trưởng trạm, kiểm sát viên, chấp hành viên, kiểm lâm viên, địa chính, ký thay, nhận thay, già`;

/** Words for one person whose name is not said, of whom a year or an age tells enough. */
export const ONE_PERSON = `đối tượng, nạn nhân, bị can, bị cáo, đương sự, bệnh nhân, cháu, bé gái, bé trai, em gái, em trai, anh, chị, ông, bà, cô, chú,
  bác, vợ, chồng, con gái, con trai, bố, người mẹ, người cha, người chồng, người vợ, người này, sản phụ, thai phụ, nghi phạm, nghi can, chủ quán, chủ cơ sở, nhân viên nữ, tiếp viên, học viên, cháu gái, cháu trai`;

/** Words before what somebody is called besides. */
export const ALIASES = `biệt danh, bí danh, tức, thường gọi, hay gọi, tên gọi khác, tên thường gọi, tên khác, gọi là`;

/** Words that are of one where the place is said and nobody is counted: «nữ 15 tuổi thôn Nà Tâm». */
export const SINGLE_PERSON = `nam, nữ, nam sinh, nữ sinh, thanh niên, nam thanh niên, nữ thanh niên, phụ nữ, người phụ nữ, đàn ông, người đàn ông, học sinh, hs, mẹ, mẹ đơn thân, mẹ già, cụ, cụ bà, cụ ông, em, bệnh nhân, trẻ, bé`;

/** Words of one, however few are spoken of: with what befell the person and a place, an age or a class they tell enough. */
export const ONE_ALONE = `bé gái, bé trai, bé sơ sinh, cháu gái, cháu trai, cháu bé, em bé, hai vợ chồng, vợ chồng trẻ, gia đình có con, nữ công nhân, nữ giáo viên, nữ nhân viên, nữ sinh viên, cụ ông, cụ bà, nam sinh, nữ sinh, sản phụ, thai phụ, người chồng, người vợ, người mẹ, người cha, người bố, người con, bố dượng, mẹ kế, nam thanh niên, nữ thanh niên,
  ông lão, bà lão, bị can, bị cáo, nghi phạm`;
export const BEFALLS = `bị, tử vong, tự tử, tự sát, chết, mất tích, đuối nước, có thai, mang thai, có bầu, chửa, sinh con, đẻ, nhiễm, mắc, dương tính, hiv, tâm thần, trầm cảm, co giật, liệt, mồ côi, nguy kịch, bỏ nhà, bỏ học, trốn, uống thuốc, treo cổ, nhảy cầu, đâm, chém, ly hôn, cưới, lấy chồng, lấy vợ, tảo hôn, lừa, trộm, mù, câm, điếc`;

/** A pupil of whom the class tells enough. */
export const PUPILS = `em, cháu, bé, nam sinh, nữ sinh, một học sinh, 1 hs, 01 hs, 1 học sinh, 01 học sinh, 1 em, 01 em, thầy, thầy giáo, cô giáo dạy, học sinh nam, học sinh nữ, giáo viên dạy`;

/** Whose kin is told by whose it is. */
export const KIN_WORDS = `con trai, con gái, con dâu, con rể, cháu nội, cháu ngoại, vợ, chồng, vợ anh, chồng chị, mẹ, bố, em trai, em gái, anh trai, chị gái, con ruột, con nuôi`;
export const OFFICE_HOLDERS = `trưởng thôn, trưởng khối, tổ trưởng, trưởng bản, bí thư, chủ tịch, phó chủ tịch, hiệu trưởng, hiệu phó, cô hiệu phó, cô hiệu trưởng, trưởng trạm, trưởng công an, đội trưởng, kế toán, của cán bộ, cán bộ dân số, ông trưởng thôn,
  bà bán, ông bán, chị bán, bà chủ, ông chủ, chị chủ, cô giáo, thầy giáo, bà, ông`;

/** What one who holds an office is told by, and told of. */
export const OFFICES_OF_ONE = `tổ trưởng, trưởng ấp, trưởng xóm, trưởng buôn, trưởng trạm, kế toán, hiệu trưởng, hiệu phó, phó hiệu trưởng, cô giáo, thủ quỹ, trưởng thôn, trưởng khối, trưởng bản, bí thư, chủ tịch, phó chủ tịch, giám đốc, chủ nhiệm, nữ giáo viên, nam giáo viên, thầy giáo, thầy hiệu trưởng, cô hiệu trưởng, trụ trì`;
export const MISDEEDS = `nghiện, bỏ trốn, bị kỷ luật, kỷ luật, bị bắt, bị khởi tố, bị đình chỉ, bị tố, vi phạm nồng độ, đánh, tham ô, nhận hối lộ, vay nặng lãi, vỡ nợ, đánh bạc, ngoại tình, say rượu, quấy rối, xâm hại, dâm ô, có lời lẽ, xúc phạm, sinh con, mất, tử vong, chiếm dụng, chiếm đoạt, vay tiền, lừa đảo, bỏ việc, bị tai nạn, bị phạt, bị điều tra, bị tố cáo, bị tạm giam, bị khiển trách, bị cảnh cáo, bị cách chức, nhận tiền, nhậu, chửi`;

/** Of whom a house or a stall with its number tells enough. */
export const OWNERS = `chủ hộ, chủ nhà, bà chủ, ông chủ, chủ quán, chủ cơ sở, chủ kiot, hộ ở, hộ tại, hộ số, gia đình ở, người ở, ở trọ`;

/** What else an abbreviation that calls a person may stand before. */
export const ROLES = `chủ, phó, bí, trưởng, giám, thường, ủy, đại, cục, chi, hiệu, hội, cán, lãnh, tổng, tư, thư, thành, đảng, bộ, chỉ, công, quân, chánh, viện, kế, văn, y, tổ, ban, phòng, sở, ngành`;
