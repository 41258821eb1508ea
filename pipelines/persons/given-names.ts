/** Words of a list, as it is written: parted by white space. */
const words = (list: string): readonly string[] => list.trim().split(/\s+/);

/** First names that stand alone, by habit; of those of the Tày, Nùng, Dao and H'Mông the usual ones. */
export const GIVEN_NAMES: ReadonlySet<string> = new Set(
  words(`
  an ánh bách bảo bích bính bình cảnh cẩm chiến chiêm chinh chung chuyên chương cúc cương cường danh diễm diệp diệu
  dịu doan dũng dung duy duyên dương đại đào đạt đăng điệp đoan đông đức giang hà hạ hải hạnh hào hảo hằng hân hậu
  hiên hiền hiển hiếu hiệp hoa hoà hoài hoan hoàng hoạch hoạt hồng hợi huân huấn huê huệ hùng huy huyên huyền hưng hương
  hường kha khải khang khánh khiêm khoa khôi khuê khuyên khương kiên kiều kiệt kỳ lam lan lành lâm lân lập lệ lịch
  liên liễu linh loan long lộc luân lụa lực lương lượng ly mai mạnh mão mến miên minh mơ mùi my mỵ mỷ nam nga ngà ngân ngần
  nghi nghĩa nghiêm nghệ ngoan ngọc nguyên nguyệt nhã nhài nhàn nhâm nhật nhi nhình nhung ninh nụ oanh phẩm phấn phong phú phúc phước
  phương phượng quang quân quế quyên quyết quỳnh quảng sang sáu sâm sen sĩ sơn sửu sử tài tám tâm tấn thạch thái thanh
  thành thao thảo thạo thắm thăng thắng thân thêm thêu thế thiêm thiệp thìn thịnh thoa thoả thông thơ thơm thu thuần thuận
  thục thuý thuỳ thuỷ thuyên thức thương thưởng tiên tiến tiệp tĩnh toàn toản tráng trang trà trâm trân trí trinh trọng trúc
  trung trường tú tuân tuất tuấn tuệ tùng tuyên tuyển tuyến tuyền tuyết tường tý tuynh thường út uyên vân vi viễn vinh vĩnh vịnh vũ
  vương vượng vy xoan xuân xuyến yên yến lò lềnh páo pao pà pín páng slao slấn slay sua súa sùng sính sủi tằng chắp chua chứ dín dợ dâu
  bằng bền biên chí chuẩn diện đài hoè hoằng hoàn hữu kỷ lý lưu mậu mịn nết ngát ngọt nhẫn nhị nhượng phán phi phiên quy quý rinh sắc soan tá tần tính tình
  thiện thiết thiều thụ thuật thuỵ thuyết tiếp tiềm triều trực tươi ưng viên việt xoa vui việt đức nhiên nhàn công hiến sỹ nghiệp thọ châu hỷ khuyến mây lụa len mười niềm hom lịch lữ lĩnh lợi luyện mận mừng nhuệ sâm
  tư nghị ba hai năm chính tín bắc
  thư thoại định sình lử chứ mí dí tủa tạ khiển gấm chắp hòn khìn sính
  dậu tỵ ngọ dần hợi inh mẩy mảy mủi nhè pàng pèng phin sáng seo vàng vừ xé xeo chòi khé nái ếm ón tờ chíu coóng cắm cháng ích
`),
);

/** Of them those that begin sentences, too, or are written with capitals as other words. */
export const GIVEN_WORDS: ReadonlySet<string> = new Set(
  words(`
  bình công đông hạ hoa hồng đào mai quế sen sơn xuân thu trang lập nam vàng thông thi sử đại trung thành thanh quảng
  hoà hương tiến trường lương lực kỳ liên lịch chuyên tân phương quân tờ nghệ sáng thường trà thế toàn cắm thương nghiêm tư nghị ba hai năm chính tín bắc hiến cảnh đạt hiệp thư thoại định tạ
  bằng bền biên chí chuẩn diện đài hoàn hữu kỷ lý lưu phán phi phiên quy quý sắc tính tình thiện thiết thuật thuyết tiếp triều trực tươi viên việt vui lợi luyện mừng dần ngọ an
`),
);

/** Single words with a capital that are nobody's first name. */
export const NOT_GIVEN = `đảng, đoàn, hội, bộ, sở, ban, ngành, tết, bác, nhà, luật, quốc, tòa, trại, chính, nước, trạm, đội, tổ, khối, thôn, viện, uỷ, bí, phó, trưởng, công, cơ, trung, hòa, văn, tư,
  tài, lao, y, giáo, nội, ngoại, dân, cựu, phụ, nông, thanh, người, hộ, việt, lào, mỹ, nga, anh, pháp, nhật, hàn, trung quốc, tày, nùng, dao, mông, kinh, hoa kỳ, thái, mường, quý, tháng, năm, thứ, chủ, đại, nghị, quyết, kế,
  báo, đề, dự, chương, phong, mặt, liên, liên hợp, tin, nhạc, bảo, ngân, quỹ, hợp, thành, mẫu, phụ lục, biểu, bảng, mục, điều, khoản, word, excel, zalo, facebook, covid, internet, vneid, nghèo, cận, khá, giỏi, không, có, chưa, đã, số, tổng, xuân, hạ, đông, nam`;

/** Words that somebody's name follows, whatever it is. */
export const BEFORE_SOMEBODY = `cho, của, với, giao, cử, kết nạp, khen, khen thưởng, xử phạt, thăm, gặp, mời, gửi, liên hệ được, liên lạc được, nhờ, chờ, đợi, nhắc, hỏi, hỏi lại, đón, triệu tập, truy tìm, truy nã, bắt, bắt giữ, tạm giữ, khởi tố, vắng, vắng mặt, bàn giao cho, do, nhóm của, vận động được, thay, gọi hỏi,
  răn đe, gọi hỏi răn đe, lời, theo lời, tên, tên là, tên gọi khác :, gọi là, mẹ của, vợ của, chồng của, con của, ko tính, không tính, theo, mới là, nhận, tính, trừ, thêm, nghi vấn,
  chủ cơ sở là, chủ quán là, chủ nhà là, chủ là, đối tượng là, nạn nhân là, người vi phạm là, người môi giới là, khách là, khách tên, gồm có, ca thứ nhất là, ca thứ hai là, con của, cháu của, em của, bạn của, ép`;

/** What happens to somebody, or to something, right behind the name. */
export const ACTS = `bị, được, đã, đang, sẽ, không, chưa, ko, k, chẳng, vẫn, còn, lại, mới, hay, thường, từng, vừa, tự, giết, lấy, chết, mất, ốm, đau, có, nghỉ, đi, về, đến, ở, sống, làm, gọi, gửi, nhận, nộp, trả, vay, nợ, mua, bán, học, thi, đỗ, đạt, phụ trách,
  ký tên, ký thay, ký nhận, gây, tông, va chạm, nhập nhầm, nhập sai, nhập thiếu, nhập muộn, hỏi, tố, phá, nuôi, cho, đưa, dẫn, ép, là, thay, con, môi giới, mở, giúp, khiếm, mồ côi, tâm thần, trầm cảm, mù, câm, điếc, liệt, khuyết tật, neo đơn, đơn thân, độc thân, góa, béo phì, tự kỷ, ung thư, xuất cảnh, nhập cảnh, vận chuyển, thoát nghèo, tái nghèo, vi phạm, dương tính, tử vong, nhiễm, mắc, cùng, hẹn, thôi, vào, ra, lên, quay, thiếu, giành, thọ, đề xuất, phản ánh, trình bày, khiếu nại, tố cáo, tố giác, yêu cầu, cập nhật, chốt, rà soát, chuyển, bận, khám, bàn giao, bổ sung, cung cấp, xác nhận, dính, tái phạm, tàng trữ, vắng, quê, buôn, trồng, kiện, giữ, giao, viết, dạy, tự ý, cố tình, lợi dụng, lấn, chiếm, kêu, bức xúc, đốt, chặt, săn, bẫy, giấu, bơm, hiến, tặng, ủng hộ, cứu, nhặt, kiêm, từ chối, đồng ý, trúng, đoạt, báo`;

/** What a body does and no body of the state: of whatever name, somebody. */
export const BODILY_DEEDS = `đánh vợ, đánh chồng, đánh con, đánh bạn, đánh nhau, đánh bạc, uống rượu, uống lá ngón, say, tái nghiện, bỏ học, bỏ trốn, bỏ nhà, bỏ vợ, bỏ chồng, bỏ đi, sinh con, sinh đôi, sinh non, đẻ, mang thai, có thai, có bầu, cưới, ly hôn, ly thân, tảo hôn, kết hôn, lấy chồng, lấy vợ, gửi con,
  bị chồng, bị vợ, bị bố, bị mẹ, bị bạn, bị đánh, bị bắt, bị lừa bán, bị tạm giữ, bị tạm giam, bị khởi tố, bị điện giật, bị bỏng, bị rắn, bị chó, bị thương, bị tai nạn, bị bắt nạt, bị chấn thương, bị kiểm điểm, bị khiển trách, bị tai biến, bị ung thư, bị liệt, bị gãy, bị ngã, bị tâm thần, bị tước bằng, tử vong, nhập viện, cấp cứu, phẫu thuật, đuối nước, tự tử, tự sát, treo cổ, tự ngã, ngã xe, ngã giàn giáo, nhảy cầu, qua đời, viên tịch, mất sớm,
  và người yêu, và vợ, và chồng, nghỉ ốm, nghỉ sinh, nghỉ thai sản, nghỉ việc, vay tiền, rút đơn, trốn nghĩa vụ, nợ học phí, xin hoãn nhập ngũ, xin nghỉ, xin thôi, mua dâm, bán dâm, mua số đề, bán số đề, ghi số đề, bán lẻ ma túy, tàng trữ ma túy, chạy ẩu, đánh người, ngáo đá, hút thuốc, hút chích, hút ma túy`;

/** What only somebody does. */
export const DEEDS = `${BODILY_DEEDS},
  bỏ, trốn, đánh, chửi, mắng, đe, dọa, cướp, trộm, lấy trộm, nghiện, uống, bị lừa, nói, kể, khai, hứa, xin, nhờ, quên, bảo, khóc, nhốt, và con, và bạn, và mẹ, tát, đâm, chém, ném, đập, chở, lái, rủ, lừa, kháng cáo, cầm đầu, kiên quyết, giả danh, đòi, đua, gây rối, nghỉ phép, nghỉ chế độ, đi vắng, đi làm xa, đi tập huấn, thuê phòng, tiếp khách, rao bán, chào mời, hành hung, gãy, buôn ma túy, cầm cố, vay nặng lãi, cá độ, bị đuổi, bị đe dọa, bị xâm hại, bị bạo hành, bị bạo lực, đuổi, chích, đi tù, ra tù, từ trần, tái hôn, ở rể, livestream, quay lén, không ký, ko ký, nhận trùng, nhận thay, không chịu, ko chịu, nhậu`;

/** Of the syllables that are put before a first name those that hardly begin the name of a place. */
export const NAME_BEGINNINGS: ReadonlySet<string> = new Set(
  words(
    "ngọc tuấn thu như tuệ bích diệu thuỳ thuý quỳnh hoài mạnh trâm yến bảo khánh huyền tường lan diễm thục gia minh nhật việt thế thảo trúc hữu uyên khôi cẩm kiều tú ánh đan mộng nhã tố",
  ),
);

/** Of whom the name need not be Vietnamese. */
export const FOREIGN_WORDS = `quốc tịch, người nước ngoài, chuyên gia, nhập cảnh, xuất cảnh, visa, lưu học sinh, trao trả, thị thực, mỹ, trung quốc, tq, hàn quốc, tiếng anh`;

/** Other small words that do not make one word with the first name before them. */
export const AFTER_SOMEBODY = `và, với, thì, bên, trong, tại, từ, do, vì, nên, để, mà, cũng, rồi, nhé, nhưng, khi, sau, trước, theo, này, đó, nữa, luôn, đều, báo, phòng, khối, tổ, thôn, xóm, lớp, xã, phường, qua, bằng, ngày, tổng hợp, trực,
  bên, tức, tổ trưởng, tuổi, trú, nhà, trên, văn thư, tư pháp, chủ, hội, số, rất, bảo vệ, hôm`;

/** Words before the name of a thing. */
export const THING_WORDS = `dòng họ, doanh nghiệp, doanh nghiệp tư nhân, dntn, quỹ, giải, giải thưởng, học bổng, vụ, mùa, hoa, cây, quả, giống, môn, tết, hội, lễ, lễ hội, làng, bão, báo, tạp chí, mô hình, nhóm, đội, câu lạc bộ, clb, công ty, cty, tnhh, htx,
  hợp tác xã, ngân hàng, tiếng, nước, người, dân tộc, danh hiệu, cúp, chiến dịch, phong trào, đạo, chi đội, liên đội, chi đoàn, chi bộ, phần mềm, ứng dụng, trại, thứ, tháng, quý,
  năm, cấp, loại, tượng, ngành, khóa, lớp, tuyến, dự án, chương trình, đề án, cuộc thi, hội thi, dân lập, tư thục, mang tên, trang trại, giáo xứ, họ đạo, trại hè, thư viện, nhà thiếu nhi, sách, thơ, tranh, điệu, bảo hiểm, taxi, tàu, phân bón, mái ấm`;

/** Spots, shrines, shops and dishes, which bear what somebody is called: «Núi Bà Đen», «bún Cô Ba». */
export const SPOT_WORDS = `khu du lịch, điểm du lịch, di tích, khu di tích, lễ hội, sông, núi, đèo, động, hang, suối, hồ, đập, bến, ga, đồi, lăng, miếu, miễu, am, phủ, dinh, điện thờ, giếng, thác, gò, cồn, cù lao, hòn, đảo, vịnh, mũi, bãi, bãi biển, rạch, kênh, kinh, cống, vàm, xẻo, bàu, đầm, vườn chim, rừng, ngã ba, ngã tư, ngã năm, vòng xuyến, bến xe, bến phà, phà,
  quán, nhà hàng, bếp ăn, bếp, xe cơm, hũ gạo, nhà tình thương, đường hoa, cổng rào, trụ sở, xí nghiệp, nhà máy, nhà xuất bản, thánh thất, niệm phật đường, trung tâm, cơ sở, ngoại ngữ, tin học, mầm non, nhóm trẻ, quán cơm, quán ăn, tiệm, tiệm vàng, hiệu, thương hiệu, siêu thị, cửa hàng, khách sạn, nhà nghỉ, homestay, karaoke, tạp hóa, shop, gara, salon, spa, quầy, quầy thuốc, studio, cafe, cà phê, xưởng, lò, lò bánh mì, nhà may, nhà xe, tịnh xá, thiền viện, nhà thờ, nhà thuốc, hiệu thuốc, phòng khám, tòa nhà, nhãn hiệu,
  ruốc, miến, mật ong, dầu tràm, bún, bún bò, phở, bánh, bánh mì, bánh căn, cơm, cơm gà, nem, giò, chả, chè, mắm, nước mắm, rượu, bia, kẹo, trà, gạo, cốm, xôi, lẩu, gà, vịt, bò, lợn, mía, sắn`;

/** Works, in whose titles and of whose authors a text may speak at length. */
export const WORK_WORDS = `truyện, phim, vở, kịch, chèo, tuồng, cải lương, sử thi, tác phẩm, ca khúc, bài hát, bài thơ, tiểu thuyết`;

/** What is put behind a first name to tell one from another: «Tuấn Lé», «Hạnh tóc đỏ». */
export const NICKNAME_WORDS = `sẹo, sứt, lé, lác, đen, gù, béo, còi, gầy, mập, cụt, híp, lùn, chột, mù, kều, trố, rỗ, điếc, câm, móm, hô, vẹo, còng, xăm, xù, trọc, hói, tóc, đầu bạc, đầu trọc, lợn, mèo, khỉ, chó, cá, ruồi, ba tai, say, què, thọt, cận,
  ngọng, lắp, điên, khùng, nghiện, bệu, ròm, đồ tể, mắt, râu, răng`;

/** Abbreviations of the work, which may be written with dots: «T.H.C.S». */
export const ABBREVIATIONS = words(`
  TP TW TƯ PV VP UB HĐ QĐ CV ĐU MT TH TĐ SL KH BC TB NQ CT TT BS HV ĐV QH VX NT TC XH GD YT CA QS VH LĐ PT PC AN NN NV TM DS GĐ TE PN CB CĐ
  BCH BCĐ BTV BTC BQL BĐD UBND HĐND UBMT MTTQ LHPN LHTN CCB NCT CTĐ ĐTN TNCS TNTP HCM THCS THPT GDTX GDNN GDĐT LĐTB TBXH VHXH VHTT TNMT KTXH QPAN ANTT TTXH ATGT
  PCCC CNCH ATTP VSMT BVMT NTM ĐTVM SKSS BHXH BHYT BHTN TTHC CCHC QLNN GPMB XDCB NSNN CSXH HTX THT MTV KCN CNTT CĐS DVC TGPL HGCS TAND VKS CQĐT CSGT BLGĐ BĐG SDD
  NKT NCC BTXH TCXH NVQS CHQS LLVT CAND TNXH MBN PCMT HIV ARV TTYT TYT NVYT CTV BVĐK KCB TCMR SXH TCM TNTT VĐV CLB KDC TDP KĐT BLHS PVHX ĐVTN CNVC CBCC CCVC ĐBQH TƯĐ QSD GVCN GVBM GVMN CSKV HSG HSSV CBGV YTTB BNN PTCS TTCP ATK TNXP CSND BĐBP TTB BTL ĐTV ATM KTX KTT KTV QTV LTT TTX KTS HKD ĐTC HTV ĐVT CVP PVP HLV CBCS NLĐ DTTS
`);
