/** Words of a list, as it is written: parted by white space. */
const words = (list: string): readonly string[] => list.trim().split(/\s+/);
/** Phrases of a list, one a line. */
const lines = (list: string): readonly string[] =>
  list
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** First syllables of names: of the Kinh, and those that they share with others. */
const KINH = words(`
  an âu bạch bàng bành bùi cao cấn chử chu châu chung cung cù dư dương đàm đàn đào đan đặng đái
  đậu điền đinh đoàn đồng đổng đỗ giang giáp hà hàn hầu hình hoàng hoàn hồ hồng hứa huỳnh
  kha khâu khương khổng khúc khuất khưu kiều kim lã lâm lạc lê liêu liễu lỗ lô lộ lương lưu lữ mạc mã mai
  mạch mẫn nghê nghiêm nghị ngô ngọ ngụy nguyễn nguyến nhan nhâm nhữ ninh ôn phạm phan phí phó
  phùng phương quách quản quan quảng sầm sử tạ tăng tân tào thạch thái thân thẩm thang thiều thi tiêu tưởng
  tiết tô tôn tống trà trần trang triệu trình trịnh trưng trương từ tường uông ứng văn vi viên võ vũ
  vưu vương xa yên
`);

/** Of the Tày, Nùng, Thái and Mường. */
const TAY_NUNG = words(`
  bế bàn cà cam cầm chảo chương đới hủ khà khoàng la lăng lãnh lành linh lò lộc lục lù lường lưỡng ma
  moong mông mùng ngân nình nông nùng phùng quàng quảng sằm tòng tráng triệu vày vàng vì vi vy
`);

/** Of the Dao, H'Mông, Giáy, Hà Nhì and their neighbours. */
const DAO_HMONG = words(`
  bồn chẻo chìu chíu chấu cháng chang cứ cư dền đặng đèo giàng già hạng hảng hạ hầu hờ hồ khang
  khoàng lầu lèo lí lý ly lìu lỳ lùng mùa mua múa mong ngải pờ phà phàn phùn phượng phủ páo sình sin sín
  sùng tẩn tằng tặng thào thền tráng trang triệu tờ tải vàng vần vừ vừa xeo xồng sồng
`);

/** All of them, small letters, with their accents. */
export const SURNAMES: ReadonlySet<string> = new Set([...KINH, ...TAY_NUNG, ...DAO_HMONG]);

/**
 * Those that are hardly ever another word, so that they tell a name in small letters and without
 * accents too. «quan», «an», «cao», «kim» and the like are words.
 */
export const TELLING_SURNAMES: ReadonlySet<string> = new Set(
  words(`
  nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ ngô dương lý đinh trịnh triệu nông lương
  chu bế đàm đoàn phùng giàng sùng vàng thào lò lục lâm hứa vi vy lăng lành hà mạc ma tô tạ lưu trương
  trịnh mai nguyến cao hồ vương hạng mùa lường quách khổng thân nghiêm phàn bàn tẩn la âu ly
`),
);

/** Second syllables that stand in a name and hardly ever elsewhere between two capitals. */
export const MIDDLES: ReadonlySet<string> = new Set(
  words(`
  văn thị thi đức hữu đình ngọc minh quang xuân thanh thu thúy thùy công quốc bá duy hoài hồng bích
  kim mỹ mạnh tuấn trọng tiến viết vĩnh việt anh bảo cẩm chí diệu diễm gia hải huy khánh khắc kiều lan
  linh mai mộng nguyên nhật như phương phúc quỳnh sỹ tấn thành thế thiện thúc tiểu trung tố tùng tường
  uyển vân yến đăng đại đắc
  a y mùi tả láo seo tòn sành chiêu chẩn mẩy vần phụ pà páo bá nhè khua giống sín sào dụ vàng
`),
);

/** Of the telling ones those that are words in small letters: «lưu văn bản». */
export const ALSO_WORDS: ReadonlySet<string> = new Set(words("lưu cao la mùa hồ vương âu mai ma"));

/** The middles that make a name of what is written in small letters. */
export const PLAIN_MIDDLES: ReadonlySet<string> = new Set(["văn", "thị"]);

/** Family names of the Central Highlands, the Chăm and the Khmer that are no other word. */
export const HIGHLAND_SURNAMES = `niê, mlô, êban, ayun, kbuôr, byă, ksơr, ksor, kpă, kpơr, kpuih, siu, rcom, rơ com, rmah, rơ mah, rơ châm, rơ lan, rah lan, rcăm, knul, kđoh, ênuôl, êñuôl, hmok, hđơk, hwing, ktla,
  bhling, bhnướch, bh'riu, zơ râm, zơrâm, alăng, a lăng, a rất, a ting, ating, điểu, néang, neáng, chau, pi năng, pinăng, chamaléa, katơr, patâu, cil, kơ să, liêng hót, lơ mu, bon yô, ka să, tou prong, jơ ngoh, pơ loong, pơloong, hôih, coor, đàng năng`;

/** Middles of peoples whose names have no others: after a surname they make a name of any word. */
export const PEOPLES_MIDDLES: ReadonlySet<string> = new Set(
  words("a thị văn mùi tả láo seo tòn sành chiêu mẩy y bá mí sóc"),
);

/** Persons after whom streets, schools and wards are named, and those who are always spoken of. */
export const NAMESAKES: readonly string[] = lines(`
  Hoàng Văn Thụ, Lương Văn Tri, Trần Đăng Ninh, Hồ Chí Minh, Lê Lợi, Lê Lai, Lê Văn Tám, Chu Văn An
  Trần Hưng Đạo, Trần Quốc Toản, Trần Phú, Trần Nhật Duật, Trần Quang Khải, Trần Quý Cáp, Trần Khánh Dư
  Lý Thường Kiệt, Lý Thái Tổ, Lý Tự Trọng, Lý Nam Đế, Ngô Quyền, Ngô Gia Tự, Ngô Thì Nhậm, Ngô Sĩ Liên
  Nguyễn Trãi, Nguyễn Du, Nguyễn Huệ, Nguyễn Đình Chiểu, Nguyễn Bỉnh Khiêm, Nguyễn Khuyến, Nguyễn Tất Thành
  Nguyễn Văn Cừ, Nguyễn Thị Minh Khai, Nguyễn Tri Phương, Nguyễn Thái Học, Nguyễn Văn Trỗi, Nguyễn Viết Xuân
  Nguyễn Công Trứ, Nguyễn Thượng Hiền, Nguyễn Phong Sắc, Nguyễn Nghiễm, Nguyễn Ái Quốc, Nguyễn Bá Ngọc
  Phan Đình Phùng, Phan Bội Châu, Phan Chu Trinh, Phan Huy Chú, Phan Đình Giót, Phạm Hồng Thái, Phạm Ngũ Lão
  Phạm Ngọc Thạch, Phạm Văn Đồng, Phùng Chí Kiên, Phùng Hưng, Lê Duẩn, Lê Hồng Phong, Lê Đại Hành, Lê Thánh Tông
  Lê Quý Đôn, Lê Thanh Nghị, Lê Đức Thọ, Đinh Tiên Hoàng, Đinh Lễ, Đinh Công Tráng, Mạc Đĩnh Chi, Mạc Thị Bưởi
  Lương Thế Vinh, Lương Ngọc Quyến, Tôn Đức Thắng, Tôn Thất Tùng, Võ Nguyên Giáp, Võ Thị Sáu, Võ Văn Kiệt
  Tô Hiệu, Tô Vĩnh Diện, Tô Ngọc Vân, Bùi Thị Xuân, Cao Bá Quát, Cao Thắng, Chu Huy Mân, Đặng Dung, Đặng Thai Mai
  Đặng Văn Ngữ, Hoàng Diệu, Hoàng Hoa Thám, Hoàng Quốc Việt, Hoàng Đình Giong, Hồ Xuân Hương, Hồ Tùng Mậu
  Huỳnh Thúc Kháng, Kim Đồng, Trương Định, Trương Hán Siêu, Triệu Quang Phục, Quang Trung, Bà Triệu
  Hai Bà Trưng, Hùng Vương, Thân Công Tài, Thân Cảnh Phúc, Văn Cao, Vi Đức Thắng, Mai Thế Chuẩn, Dương Tự Minh
  Bác Hồ, Nguyễn Phú Trọng, Ngô Thì Sỹ, Ngô Thì Sĩ, Lê Thị Hồng Gấm, Trần Quang Diệu, Đặng Thùy Trâm, Nguyễn Phi Khanh, Lương Định Của, Nguyễn Thái Bình, Nguyễn Công Hoan, Trường Chinh, La Văn Cầu, Lã Xuân Oai, Lương Văn Chi, Nông Văn Dền, Vừ A Dính, Bế Văn Đàn, Cù Chính Lan
  Nguyễn Thị Định, Võ Văn Tần, Nguyễn Đức Cảnh, Lê Đình Chinh, Trần Bình Trọng, Nguyễn Cư Trinh
  Nguyễn Hữu Cầu, Nguyễn Hữu Cảnh, Nguyễn Hữu Huân, Nguyễn Thiện Thuật
  Nguyễn Trung Trực, Nguyễn An Ninh, Nguyễn Bình Khiêm, Nguyễn Quang Bích, Nguyễn Gia Thiều
  Nguyễn Văn Siêu, Nguyễn Văn Huyên, Nguyễn Văn Tố, Nguyễn Thị Duệ
  Nguyễn Khánh Toàn, Nguyễn Khắc Nhu
  Nguyễn Cảnh Chân, Phan Đăng Lưu, Phan Kế Bính, Phan Văn Trị
  Phạm Viết Chánh, Phạm Thế Hiển, Lê Văn Hưu
  Lê Ngọc Hân, Lê Phụng Hiểu, Trần Huy Liệu, Trần Duy Hưng, Trần Thái Tông, Trần Nhân Tông, Trần Nguyên Hãn
  Trần Khát Chân, Trần Cao Vân, Trần Tế Xương, Trần Xuân Soạn, Đinh Bộ Lĩnh, Đào Duy Anh, Đào Duy Từ
  Đoàn Thị Điểm, Đội Cấn, Hoàng Đạo Thúy, Hồ Đắc Di, Huỳnh Tấn Phát
  Lương Khánh Thiện, Mai Xuân Thưởng, Mai Thúc Loan, Ngô Văn Sở, Phùng Khắc Khoan, Tạ Quang Bửu, Tăng Bạt Hổ
  Thái Phiên, Triệu Việt Vương, Trịnh Hoài Đức, Trịnh Công Sơn, Văn Tiến Dũng, Võ Chí Công, Vũ Trọng Phụng
  Vũ Phạm Hàm, Dương Bá Trạc, Hàn Thuyên, Hàn Mặc Tử
  Trần Quốc Tuấn, Nguyễn Đình Thi, Nam Cao, Tô Hoài, Tố Hữu, Xuân Diệu, Huy Cận, Chế Lan Viên, Nguyễn Tuân, Lục Vân Tiên, Thạch Sanh, Kpă Klơng, Nơ Trang Lơng, Nơ Trang Gưh, Phan Thanh Giản, Bùi Hữu Nghĩa, Lê Sáng, Nguyễn Phan Vinh, Nguyễn Văn Bé, Hồ Học Lãm, Hồ Hảo Hớn, Âu Dương Lân, Lê Quang Đạo
  Lê Mã Lương, Ngô Mây, Nguyễn Chí Thanh, Nguyễn Lương Bằng, Nguyễn Hữu Thọ, Nguyễn Xiển
`);

/** What begins as a name does and is none: places, bodies, words of the work. */
export const NO_NAMES: readonly string[] = lines(`
  An Giang, An Khê, An Ninh, An Sinh, An Toàn, An Dân, An Lạc, An Phú, An Bình, Bạch Đằng, Bạch Long
  Cao Bằng, Cao Cấp, Cao Đẳng, Cao Điểm, Cao Lâu, Cao Lộc, Cao Nguyên, Cao Tuổi, Cao Su, Châu Á, Châu Âu, Châu Đốc, Châu Thành
  Chi Lăng, Chung Kết, Chung Sức, Chung Tay, Chung Cư, Công An, Đàm Phán, Đào Tạo, Đào Viên, Điền Kinh, Điện Biên, Đinh Lập
  Đình Lập, Đoàn Kết, Đoàn Kiểm Tra, Đoàn Liên Ngành, Đoàn Phường, Đoàn Thanh, Đoàn Thành, Đoàn Thể, Đoàn TNCS, Đoàn Viên, Đoàn Xã, Đoàn Giám Sát
  Đồng Bào, Đồng Bộ, Đồng Chí, Đồng Đăng, Đồng Hới, Đồng Khởi, Đồng Mỏ, Đồng Nai, Đồng Tháp, Đồng Thuận, Đồng Ý, Đồng Hành, Đồng Hướng
  Đường Sắt, Đường Bộ, Đường Dây, Giang Sơn, Hà Bắc, Hà Đông, Hà Giang, Hà Nam, Hà Nội, Hà Tây, Hà Tĩnh, Hà Nhì, Hàn Quốc
  Hình Sự, Hình Thức, Hoa Kỳ, Hoa Lư, Hoàn Kiếm, Hoàn Thành, Hoàn Thiện, Hoàng Đồng, Hoàng Gia, Hoàng Sa, Hoàng Mai, Hoàng Su Phì, Hoàng Liên
  Hồ Sơ, Hồ Tây, Hồng Phong, Hồng Thái, Hồng Bàng, Hồng Ngự, Hồng Kông, Hứa Hẹn, Kim Bôi, Kim Liên, Kim Sơn, Kim Thành, Kim Ngạch
  La Hiên, Lạc Dương, Lạc Long Quân, Lạc Sơn, Lâm Đồng, Lâm Nghiệp, Lâm Sản, Lạng Giang, Lạng Sơn, Linh Hoạt, Lộc Bình, Lộc Yên, Lục Nam, Lục Ngạn, Lục Yên
  Lục Bình, Lương Sơn, Lương Năng, Lương Thực, Lương Hưu, Lưu Trú, Lưu Động, Lưu Thông, Mai Châu, Mai Pha, Mai Sao, Mẫn Cán, Ninh Bình, Ninh Thuận, Ninh Giang, Nông Dân
  Nông Cống, Nông Lâm, Nông Nghiệp, Nông Sản, Nông Thôn, Phan Rang, Phan Thiết, Phí Bảo, Phó Bí Thư, Phó Chủ Tịch, Phó Giám Đốc, Phó Trưởng, Phó Ban, Phương Án, Phương Đông
  Phương Pháp, Phương Tiện, Quan Hệ, Quan Sơn, Quan Tâm, Quan Lạn, Quản Bạ, Quản Lý, Quản Lí, Quản Trị, Quảng Bình, Quảng Cáo, Quảng Lạc, Quảng Nam, Quảng Ngãi, Quảng Ninh, Quảng Trị, Quảng Uyên, Quảng Hồng, Quảng Trung
  Sử Dụng, Tân Hợp, Tân Lập, Tân Liên, Tân Mỹ, Tân Thanh, Tân Trào, Tân An, Tân Bình, Tân Phú, Tân Tiến, Tân Văn, Tân Thành, Tăng Cường, Tăng Trưởng, Thạch An, Thạch Đạn, Thạch Thất, Thái Bình, Thái Lan, Thái Nguyên, Thái Thụy
  Thẩm Định, Thẩm Quyền, Thi Đua, Thi Hành, Thi Công, Thân Thiện, Tiêu Biểu, Tiêu Chí, Tiêu Dùng, Tiêu Chuẩn, Tống Đạt, Trà Vinh, Trang Định, Trang Bị, Trang Thiết, Trang Thông, Trang Web, Trang Facebook, Trang Fanpage, Trang Zalo, Tràng Định, Trần Yên, Trịnh Tường
  Thường Trực, Thường Vụ, Trình Tự, Từ Chối, Từ Liêm, Từ Sơn, Từ Thiện, Từ Ngày, Từ Năm, Văn Bản, Văn Bàn, Văn Chấn, Văn Hóa, Văn Hoá, Văn Lãng, Văn Minh, Văn Nghệ, Văn Nhân, Văn Phòng, Văn Quan, Văn Thể, Văn Giang, Văn Lâm
  Vi Phạm, Vi Rút, Vi Tính, Viên Chức, Việt Nam, Vũ Lăng, Vũ Lễ, Vũ Thư, Vũ Trường, Vũ Khí, Vương Quốc, Yên Bái, Yên Thế, Yên Trạch, Yên Bình, Yên Minh, Y Tế, Y Sĩ, Y Tá, Tâm Thần, Dương Tính, Tình Nghĩa, Tình Thương, Cô Tô, Bà Rịa, Nghi Sơn, Bác Ái
  Gia Lai, Vàng Danh, Ma Túy, Ma Tuý, Mã Số, Mua Bán, Phủ Lý, Tòng Bạt, Tráng Việt, Mông Cổ, Mông Cái, Móng Cái, Ông Bà, Thang Điểm, Lãnh Đạo, Lành Mạnh, Linh Động, Cam Kết, Cam Ranh, Chương Trình, Chương Mỹ
  Hạ Long, Hạ Lang, Hạ Tầng, Hạng Mục, Hoa Sen, Khang Trang, Xa Bờ, Ứng Dụng, Ứng Phó, Tường Trình, Trung Ương, Tiết Kiệm, Thang Máy, Thành Phố, Tải Trọng, Phượng Hoàng, Phủ Thông, Lầu Năm, Hồng Không Hạt, Thạch Đen
  Dương Văn Mình, Hà Mòn, Bà Cô Dợ, Giê Sùa, Noel, Trẻ Em, Bà Mẹ, Em Gái, Em Trai, Thị Xã, Thị Trấn, Thị Trường, Thị Vải, Thị Nghè, Thị Nại, Thị Lực, Thị Thực, Thị Hoa, Thị Cầu, A Roàng, A Nông, A Ting, A Rooi, A Dơk, Ka Dăng, K' Dang, H' Neng, H Bông, Ayun Pa, Ayun Hạ, A Lưới, A Lù, A Mú Sung, A Pa Chải, A Sào, A Xan, A Tiêng, A Vương, A Dơi, A Ngo, A Bung, A Túc, A Vao, A Di Đà, A Yun Pa, Y Tý, Y Tịch, Y Can, Y Ngông, Y Jút, Y Học, Y Khoa, Y Dược, Y Đức, Ka Long, Ka Lăng, Ka Đô, Ka La, Ka Đơn, Tư Nghĩa, Ba Tơ, Ba Vì, Ba Bể, Ba Đình, Ba Chẽ, Ba Tri, Năm Căn, Bảy Hiền, Bảy Ngàn, Bảy Núi
`);
