-- Macros with which the queries in sources/ write sentences, kept in the copy
-- of the marts that they run on.

-- A figure as Vietnamese writes it, `1.234,5`: exact, with the decimals that it
-- needs of four.
create or replace macro marts.number_text(figure) as
    if(round(figure, 4) < 0, '-', '')
    || replace(format('{:,}', trunc(abs(round(figure, 4)))::hugeint), ',', '.')
    || replace(
        rtrim(rtrim(regexp_extract(round(figure, 4)::decimal(38, 4)::varchar, '\..*$'), '0'), '.'),
        '.', ','
    );

-- The same with its unit: `24,1%`, `5/100.000 dân`, `12 cơ sở`.
create or replace macro marts.figure_text(figure, unit) as
    marts.number_text(figure)
    || case
        when unit is null then ''
        when left(unit, 1) in ('%', '/') then unit
        else ' ' || unit
    end;

-- A name at the start of a sentence, as it stands within one: `quý II năm 2024`.
create or replace macro marts.within_sentence(name) as
    lower(left(name, 1)) || substr(name, 2);

-- A period's name where its year is known: `Quý II`, `Tháng 3`.
create or replace macro marts.without_year(name, year) as
    regexp_replace(name, '( năm |/)' || year || '$', '');

-- The same within a sentence: `quý II`.
create or replace macro marts.name_within_year(name, year) as
    marts.within_sentence(marts.without_year(name, year));

-- A name within a sentence, as it stands at the start of one: `Phường Tam Thanh`.
create or replace macro marts.starting_sentence(name) as
    upper(left(name, 1)) || substr(name, 2);

-- How far two figures are apart: `6,18 điểm phần trăm`, `3 cơ sở`.
create or replace macro marts.distance_text(one, other, unit) as
    marts.number_text(abs(one - other))
    || case
        when unit = '%' then ' điểm phần trăm'
        when unit is null then ''
        else ' ' || unit
    end;

-- A date as decree 30/2020/NĐ-CP has it, `05/6/2024`: a zero before days under
-- ten and before January and February alone.
create or replace macro marts.day_text(day) as
    strftime(day::date, '%d/')
    || if(month(day::date) < 3, '0', '') || month(day::date)
    || strftime(day::date, '/%Y');

-- A moment: `15:20 ngày 05/6/2024`.
create or replace macro marts.moment_text(moment) as
    strftime(moment::timestamp, '%H:%M ngày ') || marts.day_text(moment::timestamp);

-- What lacks something, within a sentence: `không đạt hoặc chậm tiến độ`.
create or replace macro marts.lacking_text() as
    marts.status_text('not_met') || ' hoặc ' || marts.status_text('behind');

-- Why a value is not shown, within a sentence.
create or replace macro marts.withheld_text() as
    'không công bố vì có số nhỏ của số liệu nhạy cảm';

-- A target with its unit: `30%`, `từ 18% đến 22%`, `từ 18 đến 22 vụ`.
create or replace macro marts.target_text(target, target_to, unit) as
    if(
        target_to is null,
        '',
        'từ '
        || if(unit = '%', marts.figure_text(target, unit), marts.number_text(target))
        || ' đến '
    )
    || marts.figure_text(coalesce(target_to, target), unit);

-- With what a change is compared, within a sentence: `cùng kỳ năm trước`, `quý I`,
-- `năm 2019`; `cả năm 2019` when part of a year is measured against it. name:
-- that of the period, where the marts have it.
create or replace macro marts.earlier_text(
    kind, year, place_no, earlier_kind, earlier_year, earlier_place_no, name
) as
    case
        when kind = 'year' and earlier_kind = 'year' and earlier_year = year - 1
            then 'năm trước'
        when
            kind = earlier_kind
            and place_no = earlier_place_no
            and earlier_year = year - 1
            then 'cùng kỳ năm trước'
        when earlier_kind = 'year'
            then if(kind = 'year', '', 'cả ')
            || coalesce(marts.within_sentence(name), 'năm ' || earlier_year)
        when name is not null
            then marts.within_sentence(marts.without_year(name, year))
        when earlier_kind = 'quarter'
            then 'quý ' || ['I', 'II', 'III', 'IV'][earlier_place_no]
            || if(earlier_year = year, '', ' năm ' || earlier_year)
        when earlier_kind = 'month'
            then 'tháng ' || earlier_place_no
            || if(earlier_year = year, '', '/' || earlier_year)
        else 'kỳ đem so sánh'
    end;

-- What a change has come to: `giảm 6,67%`.
create or replace macro marts.moved_text(figure, unit) as
    case
        when figure < 0 then 'giảm ' || marts.figure_text(-figure, unit)
        when figure > 0 then 'tăng ' || marts.figure_text(figure, unit)
        else 'không thay đổi'
    end;

-- What is asked of a change: `giảm từ 5% trở lên`, `không tăng`.
create or replace macro marts.asked_change_text(comparator, target, target_to, unit) as
    case
        when comparator = 'between' and target >= 0
            then 'tăng ' || marts.target_text(target, target_to, unit)
        when comparator = 'between' and target_to <= 0
            then 'giảm ' || marts.target_text(-target_to, -target, unit)
        when comparator = 'between'
            then
                'giảm không quá ' || marts.figure_text(-target, unit)
                || ', tăng không quá ' || marts.figure_text(target_to, unit)
        when target = 0
            then
                case comparator
                    when '<=' then 'không tăng'
                    when '<' then 'giảm'
                    when '>=' then 'không giảm'
                    when '>' then 'tăng'
                    else 'không thay đổi'
                end
        else
            if(target < 0, 'giảm ', 'tăng ')
            || case
                when comparator = '=' then 'đúng ' || marts.figure_text(abs(target), unit)
                when comparator = if(target < 0, '<=', '>=')
                    then 'từ ' || marts.figure_text(abs(target), unit) || ' trở lên'
                when comparator = if(target < 0, '<', '>')
                    then 'trên ' || marts.figure_text(abs(target), unit)
                when comparator in ('<=', '>=')
                    then 'không quá ' || marts.figure_text(abs(target), unit)
                else 'dưới ' || marts.figure_text(abs(target), unit)
            end
    end;

-- Why there is no value, after what it would be of; null where there may be one.
create or replace macro marts.no_value_text(status) as
    case status
        when 'not_reported' then 'chưa có số liệu để tính'
        when 'not_arising' then 'không phát sinh: mẫu số bằng 0 nên không có gì để tính'
        when 'in_doubt' then 'cần kiểm tra: có tử số mà mẫu số bằng 0'
    end;

-- Why a period has no value of its own, which the year to date may have: a
-- status; null where it has one, or one that is withheld.
create or replace macro marts.why_none_in_period(
    value_kind, status, is_hidden, value_to_date, value_in_period,
    numerator_in_period, denominator_in_period
) as
    case
        when value_in_period is not null or is_hidden then null
        when value_to_date is null and status in ('not_applicable', 'not_reported') then status
        when value_kind in ('change', 'all_of_indicators') then 'not_applicable'
        when denominator_in_period = 0 and numerator_in_period = 0 then 'not_arising'
        when denominator_in_period = 0 then 'in_doubt'
        else 'not_reported'
    end;

-- Where a value to date stands against its target, without a full stop. All
-- figures are those that are shown, null where they are withheld.
create or replace macro marts.standing_text(
    period_name, status, is_provisional, is_hidden, is_estimate, figure, unit,
    comparator, target, target_to, pace
) as
    case
        when is_hidden and status = 'untold'
            then 'Đến ' || period_name || ': giá trị ' || marts.status_text(status)
        when is_hidden and status in ('withheld', 'not_applicable')
            then 'Đến ' || period_name || ': giá trị ' || marts.withheld_text()
        when is_hidden
            then
                'Đến ' || period_name || ': ' || marts.status_text(status)
                || '; giá trị ' || marts.withheld_text()
        when marts.no_value_text(status) is not null
            then 'Đến ' || period_name || ' ' || marts.no_value_text(status)
        when figure is null
            then 'Không áp dụng tại ' || period_name
        else
            'Đến ' || period_name || if(is_estimate, ' ước ', ' ')
            || if(
                comparator in ('<', '<=', '=', 'between') or status = 'not_applicable',
                'là ',
                'đạt '
            )
            || marts.figure_text(figure, unit)
            || case
                when status = 'not_applicable' then '; không có mức chỉ tiêu riêng'
                when target is null then ', ' || marts.status_text(status)
                when status = 'on_track'
                    then
                        ', đúng tiến độ: mức cần đạt tại kỳ này là '
                        || marts.figure_text(pace, unit)
                        || ', mức chỉ tiêu ' || marts.target_text(target, target_to, unit)
                when status = 'behind'
                    then
                        ', chậm tiến độ: thấp hơn mức cần đạt tại kỳ này '
                        || marts.figure_text(pace, unit) || ' là '
                        || marts.distance_text(figure, pace, unit)
                when status = 'within' and figure = target
                    then ', bằng mức tối đa'
                when status = 'within'
                    then ', trong giới hạn ' || marts.figure_text(target, unit)
                when status = 'not_yet' and comparator in ('<', '<=')
                    then
                        ', chưa đến hạn, đang vượt quá mức tối đa '
                        || marts.figure_text(target, unit)
                        || if(
                            figure = target,
                            '',
                            ' là ' || marts.distance_text(figure, target, unit)
                        )
                when status = 'not_yet'
                    then
                        ', chưa đến hạn, chưa đạt mức chỉ tiêu '
                        || marts.target_text(target, target_to, unit)
                when status = 'met' and comparator = 'between'
                    then ', trong khoảng ' || marts.target_text(target, target_to, unit)
                when comparator = 'between'
                    then ', ngoài khoảng ' || marts.target_text(target, target_to, unit)
                when figure = target and comparator in ('>=', '<=', '=')
                    then ', bằng mức chỉ tiêu'
                when comparator = '='
                    then
                        ', khác mức chỉ tiêu ' || marts.figure_text(target, unit) || ' là '
                        || marts.distance_text(figure, target, unit)
                when figure = target and comparator = '>'
                    then ', chưa vượt mức chỉ tiêu ' || marts.figure_text(target, unit)
                when figure = target
                    then ', chưa thấp hơn mức chỉ tiêu ' || marts.figure_text(target, unit)
                when status = 'met' and comparator in ('>', '>=')
                    then ', vượt mức chỉ tiêu ' || marts.figure_text(target, unit)
                when status = 'met'
                    then ', dưới mức tối đa ' || marts.figure_text(target, unit)
                when comparator in ('>', '>=')
                    then
                        ', thấp hơn mức chỉ tiêu ' || marts.figure_text(target, unit) || ' là '
                        || marts.distance_text(figure, target, unit)
                else
                    ', vượt quá mức tối đa ' || marts.figure_text(target, unit) || ' là '
                    || marts.distance_text(figure, target, unit)
            end
            || if(is_provisional, ' (tạm tính)', '')
    end;

-- The same of a change, which is told in words and not by its sign: `Đến quý IV
-- giảm 6,67% so với cùng kỳ năm trước, đạt yêu cầu giảm từ 5% trở lên`. earlier: with
-- what it is compared. Only where its figure is shown.
create or replace macro marts.change_standing_text(
    period_name, earlier, status, is_provisional, is_estimate, figure, unit,
    comparator, target, target_to
) as
    'Đến ' || period_name || if(is_estimate, ' ước ', ' ')
    || marts.moved_text(figure, unit) || ' so với ' || earlier
    || case
        when status = 'not_applicable' then '; không có mức chỉ tiêu riêng'
        when target is null then ', ' || marts.status_text(status)
        else
            ', '
            || case status
                when 'met' then 'đạt'
                when 'within' then 'chưa đến hạn, đang đáp ứng'
                when 'not_met' then 'không đạt'
                else 'chưa đến hạn, chưa đáp ứng'
            end
            || ' yêu cầu '
            || marts.asked_change_text(comparator, target, target_to, unit)
    end
    || if(is_provisional, ' (tạm tính)', '');

-- Where a change stood in an earlier period of the year, as the end of a sentence:
-- `; quý III giảm 7,87%`.
create or replace macro marts.change_before_text(figure, unit, before_name, before) as
    '; ' || before_name || if(figure = before, ' cũng ', ' ') || marts.moved_text(before, unit);

-- Who reported for a period and for those before it, each in a sentence that
-- names it; empty where nothing is missing. noun: what is counted, `địa bàn`.
create or replace macro marts.coverage_text(
    period_name, noun, expected, reported, carried, left_out, missing_before
) as
    if(
        reported < expected,
        ' ' || period_name
        || if(
            reported = 0,
            ' chưa có số liệu của ' || noun || ' nào',
            ' mới có số liệu của ' || reported || '/' || expected || ' ' || noun
        )
        || if(
            carried = 0,
            '',
            '; ' || carried || ' ' || noun || ' lấy số đã báo cáo ở kỳ trước'
        )
        || if(left_out = 0, '', '; chưa tính được ' || left_out || ' ' || noun)
        || '.',
        if(left_out = 0, '', ' Chưa tính được ' || left_out || ' ' || noun || '.')
    )
    || if(
        missing_before = 0,
        '',
        ' Các kỳ trước trong năm còn thiếu ' || missing_before || ' lượt số liệu'
        || ' (mỗi ' || noun || ' thiếu một kỳ tính một lượt).'
    );

-- How a figure has moved since an earlier period of the same year, as the end
-- of a sentence; empty where either was not to be reported or this one is not
-- shown.
create or replace macro marts.change_text(
    figure, unit, before_name, before_status, before_is_hidden, before
) as
    case
        when figure is null or before_name is null or before_status = 'not_applicable' then ''
        when before_status = 'untold'
            then
                '; không so sánh được với ' || before_name || ' vì số liệu '
                || marts.status_text(before_status)
        when before_is_hidden
            then '; không so sánh được với ' || before_name || ' vì số liệu không công bố'
        when before is null
            then
                '; không so sánh được với ' || before_name || ' vì '
                || marts.status_text(before_status)
        when figure = before then '; không thay đổi so với ' || before_name
        else
            if(figure > before, '; tăng ', '; giảm ')
            || marts.distance_text(figure, before, unit) || ' so với ' || before_name
    end;

-- Places by their names, or how many where they are too many to name.
create or replace macro marts.names_text(names, noun) as
    if(len(names) <= 4, list_aggregate(names, 'string_agg', ', '), len(names) || ' ' || noun);

-- How many places rose and fell since an earlier period.
create or replace macro marts.moves_text(before_name, noun, up, down, level, not_compared) as
    'So với ' || before_name || ': ' || up || ' ' || noun || ' tăng, ' || down || ' giảm'
    || if(level = 0, '', ', ' || level || ' không thay đổi')
    || if(
        not_compared is null,
        '',
        '; không so sánh được: ' || marts.names_text(not_compared, noun)
    )
    || '.';

-- Names within a sentence, three at most, and how many more there are:
-- `A, B, C và 4 xã khác`.
create or replace macro marts.first_names_text(names, noun) as
    case
        when len(names) > 4
            then array_to_string(names[:3], ', ')
            || ' và ' || marts.number_text(len(names) - 3)
            || ' ' || noun || ' khác'
        when len(names) > 1
            then array_to_string(names[:-2], ', ') || ' và ' || names[-1]
        else names[1]
    end;
