#include "platform/http/doorkeeper.h"

#include <gtest/gtest.h>

namespace tanfang::http {
namespace {

TEST(Doorkeeper, LetsInSoManyOfAnAddress) {
  Doorkeeper door(100, 2, {"10.0.0.9"});
  EXPECT_TRUE(door.let_in("10.0.0.1"));
  EXPECT_TRUE(door.let_in("10.0.0.1"));
  EXPECT_FALSE(door.let_in("10.0.0.1"));
  EXPECT_TRUE(door.let_in("10.0.0.2"));
  door.left("10.0.0.1");
  EXPECT_TRUE(door.let_in("10.0.0.1"));
  EXPECT_TRUE(door.let_in("2001:db8::1"));
  EXPECT_TRUE(door.let_in("2001:db8::2"));
  EXPECT_FALSE(door.let_in("2001:db8::3")) << "one subnet";
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(door.let_in("127.0.0.1"));
    EXPECT_TRUE(door.let_in("10.0.0.9")) << "a proxy brings everybody";
  }
  EXPECT_EQ(door.open(), 25u);
}

TEST(Doorkeeper, LetsInSoManyInAll) {
  Doorkeeper door(2, 2, {});
  EXPECT_TRUE(door.let_in("127.0.0.1"));
  EXPECT_TRUE(door.let_in("10.0.0.1"));
  EXPECT_FALSE(door.let_in("127.0.0.1"));
  door.left("10.0.0.1");
  EXPECT_TRUE(door.let_in("127.0.0.1"));
}

}  // namespace
}  // namespace tanfang::http
