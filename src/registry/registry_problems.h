// Every refusal that the registry can give.
#pragma once

#include <cstdint>
#include <string>

#include "base/problem.h"

namespace tanfang::registry::problems {

inline Problem areas_malformed(const std::string& path, std::int64_t line) {
  std::string at = path + ":" + std::to_string(line);
  return {"areas.malformed",
          422,
          {"区划文件第 " + std::to_string(line) + " 行不是“代码,名称”；请改正后重新导入（" + path + "）",
           at + ": not `code,name` with a code of 2, 4, 6, 9 or 12 digits; mend the line and import again"},
          {{"line " + std::to_string(line),
            "areas.malformed",
            {"代码须为 2、4、6、9 或 12 位数字，名称不能为空",
             "a code of 2, 4, 6, 9 or 12 digits and a name are needed"}}}};
}

inline Problem areas_duplicate(const std::string& code) {
  return {"areas.duplicate",
          422,
          {"区划代码 " + code + " 在文件中出现两次；请只保留一行",
           "the area code " + code + " stands twice in the file; keep one line of them"},
          {{"code", "areas.duplicate", {"代码重复", "code given twice"}}}};
}

inline Problem area_unknown(const std::string& code) {
  return {"area.unknown",
          422,
          {"没有区划 " + code + "；请核对代码或先导入区划",
           "there is no area " + code + "; check the code or import the areas first"},
          {{"area", "area.unknown", {"未知区划", "unknown area"}}}};
}

inline Problem person_unknown() {
  return {"person.unknown",
          404,
          {"没有这个人的档案；请核对编号或公民身份号码",
           "there is no file of this person; check the id or the citizen number"},
          {{"person",
            "person.unknown",
            {"没有这个人的档案；请核对编号或公民身份号码",
             "there is no file of this person; check the id or the citizen number"}}}};
}

inline Problem fact_identity(const std::string& field) {
  return {"fact.identity",
          422,
          {"出生日期、性别和居住地属于档案本身；请用更正或迁移办理",
           "birth date, sex and residence belong to the file itself; use a correction or a transfer"},
          {{field,
            "fact.identity",
            {"出生日期、性别和居住地属于档案本身；请用更正或迁移办理",
             "birth date, sex and residence belong to the file itself; use a correction or a transfer"}}}};
}

inline Problem facts_empty() {
  return {"facts.empty",
          422,
          {"没有给出任何事实；请至少填写一项", "no fact is given; give at least one"},
          {{"facts", "facts.empty", {"没有给出任何事实；请至少填写一项", "no fact is given; give at least one"}}}};
}

inline Problem date_future(const std::string& field) {
  return {"date.future",
          422,
          {"日期在今天之后；请填写今天或更早的日期", "the date lies after today; give today or an earlier day"},
          {{field,
            "date.future",
            {"日期在今天之后；请填写今天或更早的日期", "the date lies after today; give today or an earlier day"}}}};
}

inline Problem area_outside(const std::string& field) {
  return {"area.outside",
          422,
          {"不在本县；跨县请办理迁移", "it lies outside the county; a move to another county is a transfer"},
          {{field,
            "area.outside",
            {"不在本县；跨县请办理迁移", "it lies outside the county; a move to another county is a transfer"}}}};
}

inline Problem area_too_wide(const std::string& field) {
  return {"area.too_wide",
          422,
          {"只写到了县：请写村（12位）或乡镇（9位）的代码",
           "this names the whole county: give the code of a village (12 digits) or town (9)"},
          {{field, "area.too_wide", {"请写村或乡镇的代码", "give the code of a village or town"}}}};
}

inline Problem name_missing(const std::string& field) {
  return {"name.missing",
          422,
          {"姓名为空；请填写姓名", "the name is empty; give one"},
          {{field, "name.missing", {"姓名为空；请填写姓名", "the name is empty; give one"}}}};
}

inline Problem citizen_number_malformed() {
  return {"citizen_number.malformed",
          422,
          {"公民身份号码不正确；请核对 18 位号码", "not a correct citizen number; check its 18 characters"},
          {{"citizen_number",
            "citizen_number.malformed",
            {"公民身份号码不正确；请核对 18 位号码", "not a correct citizen number; check its 18 characters"}}}};
}

inline Problem reveal_reason_missing() {
  return {"reveal.reason_missing",
          422,
          {"查看完整信息须说明理由（至少 4 个字）", "a reason of at least 4 characters is needed to see unmasked data"},
          {{"reason",
            "reveal.reason_missing",
            {"查看完整信息须说明理由（至少 4 个字）",
             "a reason of at least 4 characters is needed to see unmasked data"}}}};
}

inline Problem reveal_field(const std::string& field) {
  return {"reveal.field",
          422,
          {"只能查看 citizen_number、phone、address、contacts、household",
           "only citizen_number, phone, address, contacts and household can be revealed"},
          {{field,
            "reveal.field",
            {"只能查看 citizen_number、phone、address、contacts、household",
             "only citizen_number, phone, address, contacts and household can be revealed"}}}};
}

inline Problem status_reason_missing() {
  return {"status.reason_missing",
          422,
          {"须说明原因，如住院、暂住外地", "a reason is needed, such as hospital or a stay elsewhere"},
          {{"reason",
            "status.reason_missing",
            {"须说明原因，如住院、暂住外地", "a reason is needed, such as hospital or a stay elsewhere"}}}};
}

inline Problem status_dates(const std::string& field) {
  return {"status.dates",
          422,
          {"日期先后不对；请核对起止日期和登记日期",
           "the dates are out of order; check begin, end and the day of registration"},
          {{field,
            "status.dates",
            {"日期先后不对；请核对起止日期和登记日期",
             "the dates are out of order; check begin, end and the day of registration"}}}};
}

inline Problem status_closed() {
  return {"status.closed",
          409,
          {"此人已迁出或死亡；如有误请先更正状态", "the person has moved out or died; correct the status first"},
          {{"person",
            "status.closed",
            {"此人已迁出或死亡；如有误请先更正状态", "the person has moved out or died; correct the status first"}}}};
}

inline Problem status_not_closed() {
  return {"status.not_closed",
          409,
          {"此人没有迁出或死亡记录，无须更正", "the person has neither moved out nor died; nothing to correct"},
          {{"person",
            "status.not_closed",
            {"此人没有迁出或死亡记录，无须更正", "the person has neither moved out nor died; nothing to correct"}}}};
}

inline Problem status_elsewhere() {
  return {"status.elsewhere",
          409,
          {"此人的档案已转到别处，这里的旧档案不能恢复；如需转回，请提出转移",
           "the person's file is elsewhere now and this old one stays closed; propose a transfer to have it back"},
          {{"person", "status.elsewhere", {"此人的档案已转到别处", "the person's file is elsewhere now"}}}};
}

inline Problem status_overlap() {
  return {
      "status.overlap",
      409,
      {"与已有的暂停期重叠；请先恢复或改日期", "it overlaps another suspension; resume first or change the dates"},
      {{"from",
        "status.overlap",
        {"与已有的暂停期重叠；请先恢复或改日期", "it overlaps another suspension; resume first or change the dates"}}}};
}

inline Problem status_not_suspended() {
  return {"status.not_suspended",
          409,
          {"这一天没有暂停，无须恢复", "there is no suspension on that day; nothing to resume"},
          {{"on",
            "status.not_suspended",
            {"这一天没有暂停，无须恢复", "there is no suspension on that day; nothing to resume"}}}};
}

inline Problem transfer_unknown() {
  Words text{"没有这份待办迁移；可能已办理，请刷新列表",
             "there is no such open transfer, or it is decided; load the list again"};
  return {"transfer.unknown", 404, text, {{"transfer", "transfer.unknown", text}}};
}

inline Problem transfer_needless() {
  Words text{"此人档案已在该区域，请直接查找", "the file is in that area already; find it there"};
  return {"transfer.needless", 409, text, {{"area", "transfer.needless", text}}};
}

inline Problem transfer_own() {
  return {"transfer.own",
          403,
          {"自己提出的迁移须由同区域的另一位工作人员受理",
           "somebody else of your area must accept a transfer that you proposed"},
          {{"transfer", "transfer.own", {"提出与受理须为两人", "who proposes and who accepts must be two people"}}}};
}

inline Problem transfer_reason_missing() {
  return {"transfer.reason_missing",
          422,
          {"退回迁移须说明原因", "a reason is needed to reject a transfer"},
          {{"reason", "transfer.reason_missing", {"退回迁移须说明原因", "a reason is needed to reject a transfer"}}}};
}

inline Problem scheme_setting(const std::string& field) {
  return {"scheme.setting",
          422,
          {"该方案没有这个设置项；请用 tanfang schemes show 查看",
           "the scheme has no such setting; see tanfang schemes show"},
          {{field,
            "scheme.setting",
            {"该方案没有这个设置项；请用 tanfang schemes show 查看",
             "the scheme has no such setting; see tanfang schemes show"}}}};
}

inline Problem search_too_many() {
  return {"search.too_many",
          422,
          {"姓名、拼音、号码、电话只能选一种查询", "search by one of name, pinyin, citizen number or phone"},
          {{"search",
            "search.too_many",
            {"姓名、拼音、号码、电话只能选一种查询", "search by one of name, pinyin, citizen number or phone"}}}};
}

inline Problem search_limit() {
  return {"search.limit",
          422,
          {"每页条数须在 1 到 200 之间", "the limit must lie between 1 and 200"},
          {{"limit", "search.limit", {"每页条数须在 1 到 200 之间", "the limit must lie between 1 and 200"}}}};
}

inline Problem search_cursor() {
  return {"search.cursor",
          422,
          {"翻页标记不正确；请从第一页查起", "not a cursor of this search; begin with the first page"},
          {{"cursor",
            "search.cursor",
            {"翻页标记不正确；请从第一页查起", "not a cursor of this search; begin with the first page"}}}};
}

inline Problem erasure_still_here() {
  return {"erasure.still_here",
          409,
          {"此人仍在册，不能删除个人信息；请先登记去世或迁出",
           "the person is still here and cannot be erased; record the death or the moving out first"},
          {{"person",
            "erasure.still_here",
            {"此人仍在册；请先登记去世或迁出", "still here; record the death or the moving out first"}}}};
}

inline Problem contact_kind(const std::string& field) {
  return {"contact.kind",
          422,
          {"联系人类别须为 emergency、first_contact、supporter、child、helper、family_doctor 或 other",
           "the kind must be emergency, first_contact, supporter, child, helper, family_doctor or other"},
          {{field,
            "contact.kind",
            {"联系人类别须为 emergency、first_contact、supporter、child、helper、family_doctor 或 other",
             "the kind must be emergency, first_contact, supporter, child, helper, family_doctor or other"}}}};
}

inline Problem verification_reason() {
  Words text{"请写明为何需要核实，4 至 200 个字", "say why it must be verified, in 4 to 200 characters"};
  return {"verification.reason", 422, text, {{"reason", "verification.reason", text}}};
}

inline Problem consent_kind() {
  return {"consent.kind",
          422,
          {"同意事项须为 service、data、home_visit、photo 或 devices",
           "the kind must be service, data, home_visit, photo or devices"},
          {{"kind",
            "consent.kind",
            {"同意事项须为 service、data、home_visit、photo 或 devices",
             "the kind must be service, data, home_visit, photo or devices"}}}};
}

}  // namespace tanfang::registry::problems
