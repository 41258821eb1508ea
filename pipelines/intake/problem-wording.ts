import { inSentence } from "../vocabulary/letter-case.ts";
import type { Problem } from "../vocabulary/problem.ts";
import { shownText } from "../vocabulary/shown-text.ts";
import { ANSWERS } from "../vocabulary/words.ts";

const NIL = ANSWERS.nil.word;

/**
 * The words for each kind of problem, for the sender of a file: what was found, and what to do.
 * Words in braces are filled in by `word`.
 */
const WORDING = {
  // the file
  empty_file: ["Tệp không có nội dung.", "Gửi lại tệp biểu mẫu đã điền số liệu."],
  file_too_large: [
    "Tệp có dung lượng {size} MB, vượt mức {limit} MB của một tệp biểu mẫu.",
    "Xóa hình ảnh và các trang tính không thuộc biểu mẫu rồi gửi lại.",
  ],
  sent_again_after_correction: [
    "Tệp giống hệt tệp đã nhận lúc {first}. Sau tệp đó {unit} đã gửi báo cáo khác của {period} (nhận lúc {replaced}); nay số liệu của tệp cũ lại thay cho báo cáo ấy.",
    "Nếu gửi nhầm tệp cũ, gửi lại báo cáo đúng. Nếu dùng lại số liệu cũ là đúng, trả lời để xác nhận.",
  ],
  file_erased: [
    "Tệp này đã bị xóa khỏi hồ sơ ngày {date}. Tệp không được tiếp nhận và không được lưu lại.",
    "Gửi lại báo cáo đã bỏ những nội dung không được lưu; lý do xóa hỏi chuyên viên tổng hợp.",
  ],
  not_own_unit: [
    "Tệp là báo cáo {period} của {unit}; tài khoản gửi tệp không được gửi báo cáo này.",
    "Mỗi tài khoản chỉ gửi báo cáo của đơn vị mình. Gửi đúng biểu của đơn vị, hoặc chuyển tệp cho chuyên viên tổng hợp.",
  ],
  text_too_large: [
    "Tệp có dung lượng {size} MB, vượt mức {limit} MB nên không được đọc và không được lưu lại.",
    "Gửi lại số liệu theo biểu mẫu đã được cấp; tệp CSV quá lớn thì chia thành nhiều tệp.",
  ],
  reading_limits: [
    "Không đọc được tệp trong giới hạn bộ nhớ và thời gian cho phép ({memory} MB, {seconds} giây).",
    "Chép số liệu sang biểu mẫu đã được cấp, lưu ở định dạng .xlsx rồi gửi lại.",
  ],
  reading_failed: [
    "Không đọc được tệp: nội dung bị hỏng hoặc không theo định dạng của bảng tính.",
    "Mở tệp bằng Excel, lưu lại ở định dạng .xlsx rồi gửi lại.",
  ],
  unknown_medium: [
    "Tệp không phải là biểu mẫu bảng tính (.xlsx, .xls, .ods) hoặc tệp CSV theo mẫu quy định.",
    "Điền số liệu vào biểu mẫu đã được cấp, lưu ở định dạng .xlsx rồi gửi lại.",
  ],
  packed_no_report: [
    "“{name}” không được đọc số liệu. {found}",
    "Nếu tệp này có số liệu báo cáo thì điền số liệu vào biểu mẫu đã được cấp rồi gửi biểu đó; nếu không thì không cần làm gì.",
  ],
  packed_shut: ["Không mở được “{name}”. {found}", "{remedy}"],
  packed_more: [
    "Còn {count} tệp khác không được đọc số liệu, không liệt kê hết.",
    "Chỉ gửi các biểu mẫu đã điền số liệu.",
  ],
  package_without_reports: [
    "Không có biểu mẫu bảng tính hoặc tệp CSV nào trong tệp nén hoặc thư.",
    "Gửi lại các biểu mẫu đã điền số liệu.",
  ],
  packed_personal: [
    "Có tệp giống dữ liệu cá nhân ({names}) nên tệp nén hoặc thư không được lưu lại. Các biểu khác trong đó vẫn được tiếp nhận riêng.",
    "Xóa dữ liệu cá nhân trong các tệp đó rồi gửi lại riêng từng tệp; gỡ tệp nén hoặc thư khỏi thư mục đã gửi.",
  ],
  packed_too_large: [
    "Có tệp quá lớn nên không được đọc ({names}); vì vậy tệp nén hoặc thư không được lưu lại. Các biểu khác trong đó vẫn được tiếp nhận riêng.",
    "Gửi riêng số liệu trong các tệp đó theo biểu mẫu đã được cấp; gỡ tệp nén hoặc thư khỏi thư mục đã gửi.",
  ],
  letter_personal: [
    "Nội dung hoặc địa chỉ của thư là dữ liệu cá nhân ({kinds}) nên thư không được lưu lại. Các biểu trong thư vẫn được tiếp nhận riêng.",
    "Không cần gửi lại các biểu đã được tiếp nhận; gỡ thư khỏi thư mục đã gửi. Lần sau lưu các biểu đính kèm thành tệp riêng rồi gửi.",
  ],
  not_utf8: [
    "Tệp CSV không dùng bảng mã Unicode UTF-8 (dòng đầu tiên bị lỗi: {first}; số dòng bị lỗi: {count}).",
    "Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
  ],
  encoding_unclear: [
    "Tệp CSV không dùng bảng mã Unicode; chữ trong tệp đọc được theo nhiều bảng mã ({encodings}) với nội dung khác nhau.",
    "Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
  ],
  encoding_broken: [
    "Tệp CSV dùng bảng mã {encoding} nhưng có {count} dòng có ký tự không thuộc bảng mã này (dòng đầu tiên: {first}).",
    "Lưu lại tệp ở dạng “CSV UTF-8” rồi gửi lại.",
  ],
  header_missing: [
    "Dòng tiêu đề thiếu cột “{column}”.",
    "Dòng đầu tiên phải có đủ các cột: {columns}.",
  ],
  header_unknown: [
    "Dòng tiêu đề có cột “{column}” không thuộc mẫu quy định.",
    "Bỏ cột này. Các cột được nhận: {columns}.",
  ],
  header_twice: [
    "Dòng tiêu đề có cột “{column}” nhiều hơn một lần.",
    "Giữ lại một cột và bỏ cột còn lại.",
  ],
  csv_too_many: [
    "Dòng có nhiều hơn {expected} cột của dòng tiêu đề.",
    'Nội dung có chứa dấu phân cách phải đặt trong dấu ngoặc kép (").',
  ],
  csv_above_names: [
    "Dòng số liệu đứng trên dòng tên cột nên không được đọc.",
    "Đưa dòng tên cột (plan, unit, period, area, measure, value, note) lên trên mọi dòng số liệu rồi gửi lại.",
  ],
  csv_line_too_long: [
    "Dòng dài quá {limit}, không phải là một dòng số liệu.",
    "Kiểm tra lại tệp: mỗi số liệu một dòng; mở bằng Excel, lưu lại ở dạng “CSV UTF-8” rồi gửi lại.",
  ],
  csv_too_few: [
    "Dòng chỉ có {count} cột, dòng tiêu đề có {expected} cột.",
    "Bổ sung cho đủ các cột; cột không có nội dung thì để trống nhưng vẫn ghi dấu phân cách.",
  ],
  csv_quote: [
    'Dòng có dấu ngoặc kép (") mở, đóng không đúng.',
    'Đặt cả ô trong một cặp dấu ngoặc kép; dấu ngoặc kép nằm trong ô phải viết hai lần ("").',
  ],
  csv_unreadable: [
    "Không đọc được tệp CSV theo từng dòng, cột (dấu xuống dòng hoặc dấu ngoặc kép không thống nhất).",
    "Mở tệp bằng Excel, lưu lại ở dạng “CSV UTF-8” rồi gửi lại.",
  ],
  no_readings: ["Tệp không có dòng số liệu nào.", "Điền số liệu rồi gửi lại."],
  more: [
    "Còn {count} chỗ khác có cùng loại lỗi ({kind}), không liệt kê hết.",
    "Sửa tất cả các lỗi cùng loại trước khi gửi lại.",
  ],

  // what another office handed up
  version_altered: [
    "Gói báo cáo không còn như khi được niêm phong: {part} đã bị sửa, bị thiếu hoặc không thuộc bản phát hành.",
    "Đề nghị cơ quan cấp dưới gửi lại gói lấy thẳng từ bản phát hành; không mở gói ra sửa rồi nén lại.",
  ],
  version_unknown_form: [
    "Gói báo cáo không đọc được ở đây: thiếu phần mà chương trình này cần. Gói do một phiên bản chitieu khác lập, hoặc không phải gói báo cáo.",
    "Hai nơi dùng cùng phiên bản chitieu, cấp dưới phát hành bản mới rồi gửi gói của bản ấy; hoặc đơn vị gửi biểu thay cho gói.",
  ],
  version_other_plan: [
    "Gói là báo cáo của {issuer} theo kế hoạch {plan_number} (mã “{plan}”). Không kế hoạch nào ở đây lấy số liệu từ kế hoạch ấy.",
    "Kiểm tra lại gói; nếu đúng gói thì bấm “Ghép số liệu của gói” trên phiếu ở bàn làm việc (hoặc plan map), hay ghi taken_from ở các số liệu của kế hoạch.",
  ],
  version_other_area: [
    "Gói của {issuer} là của địa bàn mã {area}, không có đơn vị báo cáo các số liệu ấy theo kế hoạch {number}.",
    "Kiểm tra lại gói và danh sách địa bàn báo cáo của kế hoạch.",
  ],
  version_other_period: [
    "Gói của {issuer} là của kỳ “{period}”, kế hoạch {number} không có kỳ tương ứng.",
    "Kiểm tra lại gói; kỳ được đối chiếu theo loại kỳ, năm và thứ tự trong năm.",
  ],
  version_made_up: [
    "Gói là số liệu minh họa, không phải số liệu thật.",
    "Gửi gói của bản phát hành thật.",
  ],
  version_unsigned: [
    "Niêm phong của gói không có chữ ký, nên không rõ gói có phải của {issuer} hay không.",
    "Đề nghị phát hành có ký (publish --seal-key) rồi gửi lại; kế hoạch nhận cả gói không ký thì ghi takes_unsigned: true.",
  ],
  version_unknown_key: [
    "Gói của {issuer} ký bằng khóa {code}, chưa được tin cậy ở đây.",
    "Hỏi cơ quan ấy mã khóa bằng cách khác (điện thoại, văn bản); đúng thì tin cậy khóa ở bàn làm việc (Khóa của cơ quan khác), hoặc ghi vào keys/keys.csv, rồi nhận lại gói.",
  ],
  version_key_of_other: [
    "Gói ghi là của {issuer} nhưng ký bằng khóa {code} của {name}.",
    "Không dùng gói này; hỏi lại cơ quan đã gửi.",
  ],
  version_key_ended: [
    "Gói của {issuer} ký bằng khóa {code}, chỉ được tin cậy đến hết ngày {until}.",
    "Đề nghị cơ quan ấy phát hành bản mới, ký bằng khóa hiện dùng.",
  ],
  version_older: [
    "Gói của {issuer} là bản {version} của báo cáo; bản {known} đã được nhận.",
    "Không cần làm gì: bản mới hơn đang được tính.",
  ],
  version_differs: [
    "Gói của {issuer} cũng là bản {version} nhưng khác bản {known} đã nhận.",
    "Hai báo cáo không thể cùng số bản; hỏi lại cơ quan đã gửi.",
  ],
  version_counts_otherwise: [
    "Số liệu “{other_name}” của {issuer} ghi “{said}”, số liệu “{measure_name}” ở đây ghi “{ours}”; hai số không được tính như nhau.",
    "Sửa taken_from hoặc cách tính của số liệu trong tệp kế hoạch.",
  ],
  version_guarded: [
    "Số liệu “{other_name}” của {issuer} là số liệu nhạy cảm, số liệu “{measure_name}” ở đây thì không.",
    "Ghi sensitive: true ở số liệu này của kế hoạch rồi nhận lại gói.",
  ],
  version_not_signed: [
    "Gói của {issuer} không có chữ ký; được nhận vì kế hoạch cho phép.",
    "Đối chiếu mã kiểm tra in trên văn bản của cơ quan ấy.",
  ],
  version_other_days: [
    "{issuer} chốt số liệu ngày {theirs}, kế hoạch ở đây chốt ngày {ours}.",
    "Ghi chú vào báo cáo, hoặc thống nhất ngày chốt số liệu.",
  ],
  version_estimate: [
    "Số liệu của {issuer} có phần ước thực hiện.",
    "Chờ bản phát hành sau khi hết kỳ, hoặc ghi chú vào báo cáo.",
  ],
  version_lacks: [
    "Gói của {issuer} không có số liệu “{measure}”; số liệu “{measure_name}” để trống.",
    "Sửa taken_from trong tệp kế hoạch, hoặc chuyển số liệu này cho một đơn vị nộp biểu.",
  ],
  version_partial: [
    "Số liệu “{measure_name}” của {issuer} còn thiếu báo cáo: {reported}/{expected} nơi đã báo cáo.",
    "Chờ bản phát hành mới của cơ quan ấy; đánh giá còn là tạm tính.",
  ],
  version_doubt: [
    "{issuer} phát hành khi còn điều cần kiểm tra lại ({where}): {said} Lý do giữ nguyên: {why}.",
    "Hỏi lại cơ quan ấy nếu lý do chưa rõ.",
  ],

  // who reports, on which plan, for which period
  unknown_plan: [
    "Kế hoạch có mã “{plan}” không có trong danh mục.",
    "Ghi đúng mã kế hoạch, một trong các mã: {known}.",
  ],
  unknown_period: [
    "Kỳ báo cáo “{period}” không có trong kế hoạch {plan_number}.",
    "Ghi đúng mã kỳ báo cáo, một trong các mã: {known}.",
  ],
  unknown_unit: [
    "Đơn vị có mã “{unit}” không có trong danh sách đơn vị báo cáo của kế hoạch {plan_number}.",
    "Ghi đúng mã đơn vị như trên biểu mẫu đã được cấp.",
  ],
  unit_not_in_period: [
    "{unit_name} (mã {unit}) không phải là đơn vị báo cáo vào ngày {data_to}, ngày cuối của kỳ {period_name}: địa bàn có hiệu lực {validity}.",
    "Kiểm tra lại kỳ báo cáo và mã đơn vị.",
  ],
  period_not_applicable: [
    "Kỳ {period_name} kết thúc ngày {data_to}, trước khi kế hoạch {plan_number} có hiệu lực (ngày {in_force_from}), nên không áp dụng.",
    "Không phải gửi báo cáo cho kỳ này; kiểm tra lại kỳ báo cáo đã ghi.",
  ],
  period_not_begun: [
    "Kỳ {period_name} bắt đầu từ ngày {data_from}, sau ngày nhận báo cáo ({received_on}).",
    "Kiểm tra lại kỳ báo cáo đã ghi.",
  ],
  unit_twice: [
    "Báo cáo của {unit_name}, kỳ {period_name}, có {times} lần trong tệp: {places}.",
    "Mỗi đơn vị chỉ giữ lại một báo cáo cho một kỳ.",
  ],
  submission_empty: [
    "Báo cáo của {unit_name}, kỳ {period_name}, không có số liệu nào.",
    `Điền số liệu; nếu trong kỳ không phát sinh thì chọn “${NIL}”.`,
  ],

  // what is seen on a form, against the codes that it carries
  form_period_differs: [
    "Ô {cell} ghi “{seen}”, nhưng mã của biểu là {period_name}.",
    "Dùng đúng biểu được cấp cho kỳ cần báo cáo (chưa có thì đề nghị cơ quan nhận báo cáo cấp); không sửa chữ trên biểu của kỳ khác.",
  ],
  form_unit_differs: [
    "Ô {cell} ghi “{seen}”, nhưng mã của biểu là của {unit_name}.",
    "Dùng đúng biểu được cấp cho đơn vị mình; không sửa chữ trên biểu của đơn vị khác.",
  ],
  form_plan_differs: [
    "Ô {cell} ghi “{seen}”, nhưng mã của biểu là của kế hoạch {plan_number}.",
    "Dùng đúng biểu được cấp cho kế hoạch cần báo cáo; không sửa chữ trên biểu của kế hoạch khác.",
  ],
  form_area_differs: [
    "Ô {cell} ghi “{seen}”, nhưng mã của cột là {area_name}: tên hoặc số liệu của các cột đã bị xê dịch.",
    "Điền lại số liệu vào đúng cột của từng địa bàn trên biểu được cấp; không chèn, sắp xếp lại hoặc đổi tên cột.",
  ],
  form_measure_differs: [
    "Ô {cell} ghi “{seen}”, nhưng mã của dòng là số liệu “{measure_name}”: tên hoặc số liệu của các dòng đã bị xê dịch.",
    "Điền lại số liệu vào đúng dòng trên biểu được cấp; không chèn, xóa ô, không đổi chỗ hoặc đổi tên dòng.",
  ],
  form_unit_of_measure_differs: [
    "Ô {cell} ghi đơn vị tính “{seen}”, nhưng số liệu “{measure_name}” tính bằng {unit_of_measure}.",
    "Nếu số đã ghi không tính bằng {unit_of_measure} thì ghi lại; nếu đúng thì giữ nguyên chữ của biểu được cấp.",
  ],
  form_label_differs: [
    "Ô {cell} ghi “{seen}”, biểu được cấp ghi “{written}”.",
    "Kiểm tra lại số liệu có đúng với chữ của biểu được cấp hay không.",
  ],
  form_label_missing: [
    "Ô {cell}: biểu không còn chữ “{label}” của biểu được cấp.",
    "Kiểm tra lại số liệu có đúng với biểu được cấp hay không.",
  ],
  form_label_added: [
    "Ô {cell} ghi thêm “{seen}”, biểu được cấp không có.",
    "Kiểm tra lại số liệu có đúng kỳ, đơn vị và đơn vị tính của biểu được cấp hay không.",
  ],
  form_tab_differs: [
    "Trang tính có tên “{seen}”, không phải là kỳ hoặc đơn vị của biểu trên trang đó.",
    "Kiểm tra lại số liệu có đúng kỳ và đơn vị của biểu hay không; nếu đúng thì đổi tên trang tính.",
  ],
  form_struck_out: [
    "Có chữ bị gạch ngang: {figures}.",
    "Nếu dòng hoặc chữ đó không còn dùng thì xóa số liệu, ghi chú đã gạch; nếu vẫn đúng thì bỏ gạch ngang, rồi gửi lại cả tệp.",
  ],
  form_of_earlier_plan: [
    "Biểu được lập theo kế hoạch trước khi sửa đổi: ô {cell} ghi “{seen}”, nay là “{written}”.",
    "Kiểm tra lại số liệu theo nội dung hiện nay của kế hoạch, hoặc dùng biểu được cấp lại.",
  ],

  // measure and area
  unknown_measure: [
    "Số liệu có mã “{measure}” không có trong kế hoạch {plan_number}.",
    "Ghi đúng mã số liệu như trên biểu mẫu đã được cấp.",
  ],
  measure_not_reported: [
    "Số liệu “{measure_name}” (mã {measure}) không do {unit_name} báo cáo.",
    "Bỏ dòng này, hoặc kiểm tra lại mã đơn vị.",
  ],
  area_missing: [
    "Số liệu “{measure_name}” phải ghi theo từng địa bàn nhưng không có mã địa bàn.",
    "Ghi mã địa bàn vào cột area.",
  ],
  area_unknown: [
    "Địa bàn có mã “{area}” không thuộc kế hoạch {plan_number}.",
    "Ghi đúng mã địa bàn như trên biểu mẫu đã được cấp.",
  ],
  area_lost_zero: [
    "Địa bàn có mã “{area}” không thuộc kế hoạch {plan_number}; mã đúng có thể là “{known}”, do Excel đã bỏ số 0 ở đầu.",
    "Đặt định dạng cột mã địa bàn là “Văn bản” (Text) rồi ghi lại mã “{known}”.",
  ],
  area_name_unclear: [
    "Địa bàn ghi “{area}” có thể là: {known}.",
    "Ghi đủ tên có dấu, hoặc ghi mã địa bàn.",
  ],
  area_name_not_valid: [
    "Địa bàn ghi “{area}”: {area_name} có hiệu lực {validity}, không phải vào ngày {data_to}, ngày cuối của kỳ {period_name}.",
    "Ghi số liệu theo địa bàn có hiệu lực vào ngày đó.",
  ],
  area_not_valid: [
    "{area_name} (mã {area}) không còn hoặc chưa có hiệu lực vào ngày {data_to}, ngày cuối của kỳ {period_name}.",
    "Ghi số liệu theo địa bàn có hiệu lực vào ngày đó.",
  ],
  area_of_another: [
    "{unit_name} chỉ báo cáo số liệu của địa bàn mình nhưng tệp ghi địa bàn có mã “{area}”.",
    "Để trống mã địa bàn, hoặc ghi đúng mã địa bàn của đơn vị.",
  ],
  area_not_wanted: [
    "Số liệu “{measure_name}” không ghi theo địa bàn nhưng tệp ghi địa bàn có mã “{area}”.",
    "Để trống mã địa bàn và ghi một số liệu chung của đơn vị.",
  ],
  area_not_asked: ["Số liệu “{measure_name}” không hỏi địa bàn có mã “{area}”.", "Bỏ dòng này."],
  total_of_units: [
    "Đơn vị ghi “{unit}” là dòng tổng, không phải là một đơn vị báo cáo.",
    "Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng đơn vị.",
  ],
  total_of_areas: [
    "Số liệu “{measure_name}” có dòng tổng (“{area}”) lẫn trong các địa bàn.",
    "Bỏ dòng tổng: hệ thống tự cộng từ số liệu của từng địa bàn.",
  ],
  measure_twice: [
    "Số liệu “{measure_name}”{area_words} của {unit_name}, kỳ {period_name}, có {times} lần: {places}.",
    "Giữ lại một số liệu đúng và bỏ các số liệu còn lại.",
  ],

  // the value
  not_a_number: [
    "Số liệu “{measure_name}” ghi “{value}”, không phải là một số.",
    "Chỉ ghi chữ số, viết liền, ví dụ 1120; không ghi kèm chữ, dấu cách hoặc đơn vị tính.",
  ],
  negative: ["Số liệu “{measure_name}” ghi số âm “{value}”.", "Ghi số bằng 0 hoặc lớn hơn 0."],
  ambiguous_number: [
    "Số liệu “{measure_name}” ghi “{value}”, chưa rõ là {whole} hay {decimal}.",
    "Nếu là {whole} thì ghi {whole}; nếu là {decimal} thì ghi {decimal}.",
  ],
  thousands_mark: [
    "Số liệu “{measure_name}” ghi “{value}”, nhưng {number_words}.",
    "Nếu là {whole} thì ghi {whole}, không dùng dấu chấm/phẩy ngăn cách.",
  ],
  date: [
    "Số liệu “{measure_name}” ghi “{value}”, là ngày {day}, không phải là một số.",
    "Chỉ ghi chữ số, viết liền, ví dụ 1120.",
  ],
  percentage: [
    "Số liệu “{measure_name}” ghi “{value}”, là tỷ lệ phần trăm, nhưng đơn vị tính của số liệu là {unit_of_measure}.",
    "Ghi số theo đơn vị tính, không ghi tỷ lệ phần trăm.",
  ],
  percentage_unclear: [
    "Số liệu “{measure_name}” ghi “{value}”, chưa rõ là {number}% hay {hundredfold}%.",
    "Nếu là {hundredfold}% thì ghi {hundredfold}%; nếu là {number}% thì ghi {number}%.",
  ],
  mark: [
    "Số liệu “{measure_name}” ghi “{value}”, không phải là một số.",
    `Để trống nếu chưa có số liệu; ghi 0 nếu có theo dõi nhưng bằng không; ghi “${NIL}” nếu không phát sinh.`,
  ],
  mark_of_stock: [
    "Số liệu “{measure_name}” ghi “{value}”, không phải là một số.",
    "Để trống nếu chưa có số liệu; ghi 0 nếu tại ngày chốt số liệu không có.",
  ],
  mark_of_choice: [
    "Số liệu “{measure_name}” ghi “{value}”, nhưng chỉ được ghi {choices}.",
    "Ghi {choices}; để trống nếu chưa có thông tin.",
  ],
  fraction: [
    "Số liệu “{measure_name}” ghi “{value}”, nhưng {number_words} ({unit_of_measure}).",
    "Kiểm tra lại và ghi số đúng theo đơn vị tính.",
  ],
  number_too_large: [
    "Số liệu “{measure_name}” ghi “{value}”, vượt quá 12 chữ số phần nguyên.",
    "Kiểm tra lại số liệu.",
  ],
  nil_of_stock: [
    `Số liệu “{measure_name}” ghi “{value}”, nhưng đây là số có mặt tại ngày chốt số liệu nên không ghi “${inSentence(NIL)}”.`,
    "Ghi số có mặt tại ngày chốt số liệu; nếu không có thì ghi 0.",
  ],
  not_a_choice: [
    "Số liệu “{measure_name}” ghi “{value}”, nhưng chỉ được ghi {choices}.",
    "Ghi {choices}.",
  ],
  nil_return_with_figure: [
    `Báo cáo của {unit_name} chọn “${NIL}” nhưng số liệu “{measure_name}” ghi “{value}”.`,
    `Bỏ chọn “${NIL}” nếu trong kỳ có phát sinh, hoặc sửa lại số liệu này.`,
  ],

  // figures that contradict each other
  above_at_most: [
    "Số liệu “{measure_name}”{area_words} ghi {value}, lớn hơn số liệu “{other_name}” ghi {other_value} ({other_place}).",
    "Kiểm tra lại hai số liệu: “{measure_name}” không được lớn hơn “{other_name}”.",
  ],
  parts_differ: [
    "Số liệu “{measure_name}”{area_words} ghi {value}, không bằng tổng các số liệu thành phần là {sum}.",
    "Kiểm tra lại tổng số và các số thành phần: {parts}.",
  ],
  parts_above: [
    "Số liệu “{measure_name}”{area_words} ghi {value}, nhỏ hơn tổng các số liệu thành phần đã ghi là {sum}.",
    "Kiểm tra lại tổng số và các số thành phần: {parts}.",
  ],

  // what may be right, and lets the file in
  covering_period_early: [
    "Báo cáo {period_name} của {unit_name} nhận ngày {received_on}, sớm hơn hạn gửi (hết ngày {last_day}) trên 30 ngày: có thể là báo cáo của kỳ ngắn hơn.",
    "Nếu đúng là báo cáo của kỳ này thì giải trình; nếu không, gửi lại với đúng kỳ báo cáo.",
  ],
  measures_left_out: [
    "Báo cáo của {unit_name}, kỳ {period_name}, không có dòng của {measures} số liệu phải báo cáo: {names}.",
    "Bổ sung số liệu rồi gửi lại cả tệp; số liệu chưa có thì vẫn để dòng và để trống ô số liệu.",
  ],
  figures_unread: [
    "Có số ghi ngoài các ô số liệu của biểu nên không được tính: {figures}.",
    "Nếu là số liệu báo cáo thì ghi vào đúng ô nền vàng của dòng đó rồi gửi lại cả tệp; nếu không thì xóa.",
  ],
  figures_in_notes: [
    "Cột Ghi chú có số, còn ô số liệu của dòng để trống nên số đó không được tính: {figures}.",
    "Nếu là số liệu báo cáo thì ghi vào ô số liệu của dòng đó rồi gửi lại cả tệp.",
  ],
  nil_unread: [
    "Có chữ ghi không phát sinh ngoài ô số liệu nên không được tính: {figures}.",
    `Nếu không phát sinh thì ghi “${NIL}” vào đúng ô số liệu, hoặc chọn ở ô “Cả biểu không phát sinh”, rồi gửi lại cả tệp; ô để trống là chưa có số liệu.`,
  ],
  total_among_areas: [
    "Số liệu “{measure_name}” của {area_name} ghi {value}, đúng bằng tổng của {others} địa bàn còn lại: có thể là số tổng ghi nhầm vào một địa bàn.",
    "Kiểm tra lại số liệu của địa bàn này.",
  ],
  beyond_population: [
    "Số liệu “{measure_name}” ghi {value} {unit_of_measure}, gấp trên 1000 lần dân số của {area_name} ({population} người).",
    "Kiểm tra lại số liệu: có thể ghi thừa chữ số hoặc sai đơn vị tính.",
  ],
  percentage_differs: [
    "{source} ghi {stated}%, nhưng {part} trên {whole} là {ratio}%.",
    "Kiểm tra lại tỷ lệ và các số dùng để tính tỷ lệ.",
  ],
  nil_beside_figure: [
    "Số liệu “{measure_name}” ghi {value}, nhưng cột Ghi chú ghi “{seen}”.",
    "Nếu không phát sinh thì ghi vào ô số liệu; nếu số đúng thì sửa ghi chú.",
  ],
} as const satisfies Record<string, readonly [found: string, remedy: string]>;

export type ProblemCode = keyof typeof WORDING;

/**
 * The Vietnamese words for a problem, with what came from outside made safe to print.
 * @throws RangeError when a word in braces has no value.
 */
export function word(
  code: ProblemCode,
  values: Readonly<Record<string, string>> = {},
): { found: string; remedy: string } {
  const [found, remedy] = WORDING[code];
  const fill = (template: string): string =>
    template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new RangeError(`no value for {${name}} in wording ${code}`);
      return shownText(value);
    });
  return { found: fill(found), remedy: fill(remedy) };
}

/** A problem of a file, in its words. @throws RangeError as `word` does */
export function problemOf(
  code: ProblemCode,
  file: string,
  values?: Readonly<Record<string, string>>,
  {
    severity = "error",
    ...place
  }: Partial<Pick<Problem, "severity" | "sheet" | "cell" | "line">> = {},
): Problem {
  return { severity, code, file, ...place, ...word(code, values) };
}

/** Further places that are listed one by one; of the rest only the number. */
const MAX_PLACES = 20;

/** The further places of a problem. */
export function furtherPlaces(problems: readonly Problem[]): string {
  const places = problems
    .slice(0, MAX_PLACES)
    .map(({ cell, line }) => (cell === undefined ? `dòng ${line}` : `ô ${cell}`));
  const more = problems.length - places.length;
  const rest = more > 0 ? ` và ${more} chỗ khác` : "";
  return `Cũng ghi như vậy: ${places.join(", ")}${rest}.`;
}

/**
 * What several problems of one kind are called together, in the order in which those of one row are
 * reported.
 */
export const KINDS = {
  unknown_plan: "mã kế hoạch không có trong danh mục",
  unknown_period: "mã kỳ báo cáo không có trong kế hoạch",
  unknown_unit: "mã đơn vị không có trong danh sách đơn vị báo cáo",
  total_of_units: "dòng tổng lẫn trong các đơn vị",
  unit_not_in_period: "đơn vị không báo cáo trong kỳ",
  period_not_applicable: "kỳ kết thúc trước khi kế hoạch có hiệu lực",
  period_not_begun: "kỳ chưa bắt đầu vào ngày nhận báo cáo",
  unit_twice: "đơn vị có nhiều báo cáo cho một kỳ",
  unknown_measure: "mã số liệu không có trong kế hoạch",
  measure_not_reported: "số liệu không do đơn vị báo cáo",
  area_missing: "thiếu mã địa bàn",
  area_unknown: "mã địa bàn không thuộc kế hoạch",
  total_of_areas: "dòng tổng lẫn trong các địa bàn",
  area_name_unclear: "tên địa bàn chưa rõ",
  area_name_not_valid: "tên địa bàn không có hiệu lực vào ngày cuối kỳ",
  area_lost_zero: "mã địa bàn bị mất số 0 ở đầu",
  area_not_valid: "địa bàn không có hiệu lực vào ngày cuối kỳ",
  area_of_another: "địa bàn không phải của đơn vị",
  area_not_asked: "số liệu không hỏi địa bàn này",
  area_not_wanted: "số liệu không ghi theo địa bàn nhưng có mã địa bàn",
  not_a_number: "ô không phải là một số",
  negative: "số âm",
  number_too_large: "số quá lớn",
  nil_of_stock: `ghi “${inSentence(NIL)}” ở số có mặt tại ngày chốt số liệu`,
  not_a_choice: "ô không ghi đúng một câu trả lời của số liệu",
  mark: "ghi dấu thay cho số liệu",
  mark_of_stock: "ghi dấu thay cho số có mặt tại ngày chốt số liệu",
  mark_of_choice: "ghi dấu thay cho câu trả lời",
  fraction: "quá số chữ số thập phân cho phép",
  thousands_mark: "dấu ngăn cách không được dùng",
  date: "ngày tháng ghi vào chỗ của số",
  percentage: "tỷ lệ phần trăm ghi vào chỗ của số theo đơn vị tính khác",
  percentage_unclear: "tỷ lệ phần trăm chưa rõ đã nhân với 100 hay chưa",
  ambiguous_number: "chưa rõ dấu ngăn cách là hàng nghìn hay thập phân",
  submission_empty: "báo cáo không có số liệu nào",
  measure_twice: "số liệu ghi nhiều lần",
  nil_return_with_figure: `có số liệu trong báo cáo chọn “${NIL}”`,
  above_at_most: "số liệu lớn hơn số liệu giới hạn của nó",
  parts_differ: "tổng số không bằng tổng các số thành phần",
  parts_above: "tổng số nhỏ hơn tổng các số thành phần đã ghi",
  covering_period_early: "báo cáo của kỳ dài gửi quá sớm",
  measures_left_out: "báo cáo không có dòng của số liệu phải báo cáo",
  total_among_areas: "số của một địa bàn bằng tổng các địa bàn còn lại",
  beyond_population: "số gấp trên 1000 lần dân số của địa bàn",
  percentage_differs: "tỷ lệ không đúng với số dùng để tính",
  nil_beside_figure: "có số liệu mà ghi chú không phát sinh",
} as const satisfies Partial<Record<ProblemCode, string>>;

/** A kind of which a file can have more problems than are listed. */
export type ListedCode = keyof typeof KINDS;

/** The same of lines of a text file that cannot be read. */
export const UNREADABLE_LINES = "dòng không đúng số cột hoặc dấu ngoặc kép";

/** What a number has to look like; `{}` is filled in by SQL. */
export const NUMBER_WORDS = {
  whole: "số này phải là số nguyên",
  decimals: "số này chỉ được có tối đa {} chữ số thập phân",
} as const;

/** The place of a percentage; `{}` is filled in by SQL. */
export const PERCENTAGE_WORDS = {
  note: "Ghi chú của số liệu “{}”",
  measure: "Số liệu “{}”",
} as const;

/** Stands in a problem for words of a file that may be about a person. */
export const NOT_QUOTED = "(chữ có thể nói về một người, không chép lại)";

/** Says which words of a form went nowhere. */
export const unreadWords = (places: string): string =>
  `Phần chữ ghi ngoài các ô của biểu không đưa vào báo cáo: ${places}. Ý kiến thuyết minh thì ghi vào cột Ghi chú hoặc phần nhận xét của biểu.`;

/** Words for places and areas that the checks put together; `{}` is filled in by SQL. */
export const PLACE_WORDS = {
  cell: "trang tính “{}”, ô {}",
  line: "dòng {}",
  area: " của {}",
  validity: "từ {} đến {}",
  noDate: "…",
} as const;

/** Words of the reply that goes back to the sender of a refused or doubtful file. */
export const REPLY = {
  refused: {
    title: "PHIẾU TRẢ LẠI TỆP SỐ LIỆU",
    verdict: (count: number): string =>
      `Tệp không được tiếp nhận vì có ${count} nội dung cần sửa. Chưa có số liệu nào trong tệp được ghi nhận.`,
    closing: "Đề nghị đơn vị sửa các nội dung trên và gửi lại cả tệp.",
  },
  accepted: {
    title: "PHIẾU ĐỀ NGHỊ KIỂM TRA LẠI SỐ LIỆU",
    verdict: (count: number): string =>
      `Tệp đã được tiếp nhận; có ${count} nội dung đề nghị kiểm tra lại.`,
    closing:
      "Nếu số liệu sai, đề nghị đơn vị sửa và gửi lại cả tệp; nếu đúng, đề nghị cho biết lý do.",
  },
  opened: {
    title: "PHIẾU BÁO VỀ TỆP NÉN, THƯ CÓ BIỂU KÈM THEO",
    verdict: (count: number): string =>
      `Tệp đã được mở, từng biểu trong tệp được tiếp nhận riêng; có ${count} nội dung cần lưu ý.`,
    closing: "Biểu nào có nội dung cần sửa hoặc kiểm tra lại thì có phiếu riêng theo tên của biểu.",
  },
  file: "Tệp",
  receivedAt: "Thời điểm nhận",
  receiptNo: "Số tiếp nhận",
  marked: (name: string): string =>
    `Các ô nêu trên đã được tô màu và ghi chú trong tệp “${name}” kèm theo; có thể sửa ngay trên tệp đó rồi gửi lại.`,
  found: "Nội dung",
  remedy: "Cách sửa",
  sheet: "Trang tính",
  cell: "ô",
  line: "Dòng",
} as const;

/** How the comments begin that are put into a copy of the sender's workbook. */
export const MARKS = {
  error: "CẦN SỬA:",
  doubt: "CẦN KIỂM TRA LẠI:",
  remedy: "Cách sửa",
} as const;
