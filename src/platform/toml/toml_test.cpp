#include "platform/toml/toml.h"

#include <gtest/gtest.h>

namespace tanfang::toml {
namespace {

TEST(Toml, KeepsOrderAndLines) {
  Mistake mistake;
  auto root =
      parse("z = 1\na = \"王\"\n\n[[tier]]\nid = \"key\"\n[[tier.owed]]\nmin = 2\n\n[m]\nd = 2024-02-29\n", mistake);
  ASSERT_TRUE(root) << mistake.text;
  ASSERT_EQ(root->members.size(), 4u);
  EXPECT_EQ(root->members[0].key, "z");
  EXPECT_EQ(root->members[1].key, "a");
  EXPECT_EQ(root->members[1].value.line, 2);
  const Node* tier = root->find("tier");
  ASSERT_TRUE(tier);
  EXPECT_EQ(tier->kind, Kind::array);
  EXPECT_EQ(tier->items[0].line, 4);
  EXPECT_EQ(tier->items[0].find("owed")->items[0].find("min")->integer, 2);
  EXPECT_EQ(root->find("m")->find("d")->date.iso(), "2024-02-29");
  EXPECT_EQ(root->find("none"), nullptr);
}

TEST(Toml, SaysTheLineOfAMistake) {
  Mistake mistake;
  EXPECT_FALSE(parse("a = 1\nb = \n", mistake));
  EXPECT_EQ(mistake.line, 2);
  EXPECT_FALSE(parse("a = 1\na = 2\n", mistake));
  EXPECT_EQ(mistake.line, 2);
  EXPECT_FALSE(parse("a = 10:20:30\n", mistake));
  EXPECT_EQ(mistake.line, 1);
  EXPECT_FALSE(parse("a = \"\xFF\"\n", mistake));
  EXPECT_FALSE(mistake.text.empty());
  EXPECT_FALSE(parse("a = 2023-02-29\n", mistake));
}

}  // namespace
}  // namespace tanfang::toml
