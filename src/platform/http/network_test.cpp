#include "platform/http/network.h"

#include <gtest/gtest.h>

namespace tanfang::http {
namespace {

TEST(Network, AddressesHaveOneSpelling) {
  EXPECT_EQ(plain_address("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(plain_address("10.0.0.1:5678"), "10.0.0.1");
  EXPECT_EQ(plain_address("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(plain_address("2001:DB8:0:0::7"), "2001:db8::7");
  EXPECT_EQ(plain_address("[2001:db8::7]:443"), "2001:db8::7");
  for (const char* none : {"", "unknown", "10.0.0", "[::1", "1.2.3.4.5", "::g", "_hidden"}) {
    EXPECT_EQ(plain_address(none), "") << none;
  }
}

TEST(Network, OfAnIpv6AddressIsItsSubnet) {
  EXPECT_EQ(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:2:ffff::9"));
  EXPECT_NE(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
  EXPECT_EQ(network_of("::ffff:10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(network_of("10.0.0.1"), "10.0.0.1");
  EXPECT_NE(network_of("10.0.0.1"), network_of("10.0.0.2"));
}

TEST(Network, LoopbackIsThisMachine) {
  EXPECT_TRUE(is_loopback("127.0.0.1"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_FALSE(is_loopback("10.0.0.1"));
}

}  // namespace
}  // namespace tanfang::http
