#include "platform/toml/toml.h"

#include <gtest/gtest.h>

#include <string>

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

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// toml++ follows a key of any number of parts with its own stack, and so does what frees its tables.
TEST(Toml, RefusesWhatIsNestedDeeperThanAnybodyNeeds) {
  const int kMany = 200'000;
  for (const std::string& deep :
       {repeated("a.", kMany) + "a = 1\n", "[" + repeated("a.", kMany) + "a]\n", repeated("a.", 16) + "a = 1\n",
        repeated("'a'. ", kMany) + "a = 1\n", "b = {" + repeated("a.", kMany) + "a = 1}\n",
        "b = " + repeated("[", kMany) + "\n", "b = " + repeated("{a = ", 17) + "1" + repeated("}", 17) + "\n",
        // Strings that look longer, or shorter, than they are.
        "b = [\"\"\"x\"\"\"\"\", {" + repeated("a.", kMany) + "a = 1}]\n",
        "b = ['', \"\\\"\", '\\', {" + repeated("a.", kMany) + "a = 1}]\n",
        "b = [\"\"\"\\\"\"\"\"\"\"\"\", {" + repeated("a.", kMany) + "a = 1}]\n"}) {
    Mistake mistake;
    EXPECT_FALSE(parse("# one\n\n" + deep, mistake)) << deep.substr(0, 40);
    EXPECT_EQ(mistake.line, 3) << deep.substr(0, 40);
    EXPECT_EQ(mistake.text, "nested more than 16 deep") << deep.substr(0, 40);
  }
}

TEST(Toml, ReadsWhatOnlyLooksNested) {
  const std::string dots = repeated(".[{", 40);
  for (const std::string& flat :
       {"a = \"" + dots + "\"\n", "a = '" + dots + "'\n", "a = \"\"\"\n" + dots + "\"\"\n\"\"\"\"\n",
        "a = '''" + dots + "''''' # " + dots + "\n", "# " + dots, repeated("a.", 15) + "a = 1.5\n",
        "a = [" + repeated("1.5, ", 40) + "]\n", "a = " + repeated("[", 16) + repeated("]", 16) + "\n",
        "a = [" + repeated("{b = []}, ", 40) + "]\n", "a = \"\\\"" + dots + "\"\n"}) {
    Mistake mistake;
    EXPECT_TRUE(parse(flat, mistake)) << mistake.text << " in " << flat.substr(0, 40);
  }
}

}  // namespace
}  // namespace tanfang::toml
