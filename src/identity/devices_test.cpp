// Phones: bound once, opened by their secret, revoked; wrong secrets wait.
#include "identity/devices.h"

#include "identity/identity_fixture.h"

namespace tanfang::identity {
namespace {

const std::string kSecret(32, 's');

class DevicesTest : public IdentityTest {
 protected:
  Principal office() { return principal("office", Role::town_office, "510521100"); }
  std::string link_of(const Principal& by, Id account) {
    Invitation made;
    write([&](audit::Work& work) { made = invite_device(work, by, account); });
    return made.token;
  }
  BoundDevice bound(const std::string& token) {
    return bind_device(ground(), now_, {token, " 手机 ", crypto::sha256(kSecret)});
  }
  std::optional<Device> known(const std::string& token) {
    return read<std::optional<Device>>([&](db::Session& session) { return authenticate_device(session, now_, token); });
  }
  std::string opened(const Device& device, const std::string& secret) {
    return refusal_of([&] { check_reading(ground(), now_, device, secret); });
  }
};
TANFANG_ON_EACH_ENGINE(DevicesTest);

TEST_P(DevicesTest, AreBoundOnceByALinkOfTheirOffice) {
  Principal by = office();
  Account visitor = account("visitor", Role::visitor, "510521100231");
  std::string old = link_of(by, visitor.id);
  std::string token = link_of(by, visitor.id);
  EXPECT_EQ(refusal_of([&] { bound(old); }), "device.invitation_over");
  EXPECT_EQ(
      read<std::string>([&](db::Session& session) { return find_device_invited(session, now_, token)->account.login; }),
      "visitor");
  EXPECT_EQ(refusal_of([&] { bind_device(ground(), now_, {token, " ", crypto::sha256(kSecret)}); }), "device.label");
  EXPECT_EQ(refusal_of([&] { bind_device(ground(), now_, {token, "手机", "short"}); }), "device.reading_digest");
  BoundDevice phone = bound(token);
  EXPECT_EQ(phone.device.label, "手机");
  EXPECT_EQ(refusal_of([&] { bound(token); }), "device.invitation_over");
  EXPECT_EQ(known(phone.token)->account.login, "visitor");
  EXPECT_EQ(principal_of(*known(phone.token)).permissions, permissions_of(Role::visitor));
  EXPECT_FALSE(known("another"));
  EXPECT_EQ(events_of("visitor"),
            (std::vector<std::string>{"account_made", "device_invited", "device_invited", "device_bound"}));
}

TEST_P(DevicesTest, AreForTheFieldAndItsOwnOfficeOnly) {
  Principal by = office();
  Account bureau = account("bureau", Role::county_bureau, "510521");
  EXPECT_EQ(refused([&](audit::Work& work) { invite_device(work, by, bureau.id); }), "identity.account_unknown");
  Principal county = principal("county", Role::county_bureau, "510521");
  EXPECT_EQ(refused([&](audit::Work& work) { invite_device(work, county, by.account); }), "device.role");
  Account elsewhere = account("elsewhere", Role::visitor, "510522100231");
  EXPECT_EQ(refused([&](audit::Work& work) { invite_device(work, by, elsewhere.id); }), "identity.account_unknown");
  Account visitor = account("visitor", Role::visitor, "510521100231");
  std::string token = link_of(by, visitor.id);
  wait(kDeviceInvitationLife);
  EXPECT_EQ(refusal_of([&] { bound(token); }), "device.invitation_over");
}

TEST_P(DevicesTest, WrongSecretsWaitLongerEachTime) {
  Device device = bound(link_of(office(), account("visitor", Role::visitor, "510521100231").id)).device;
  EXPECT_EQ(opened(device, kSecret), "");
  for (int i = 0; i < settings_.failures_before_wait; ++i) EXPECT_EQ(opened(device, "wrong"), "device.reading");
  EXPECT_EQ(opened(device, kSecret), "identity.too_many_tries");
  wait(settings_.first_wait);
  EXPECT_EQ(opened(device, "wrong"), "device.reading");
  wait(settings_.first_wait);
  EXPECT_EQ(opened(device, kSecret), "identity.too_many_tries");
  wait(settings_.first_wait);
  EXPECT_EQ(opened(device, kSecret), "");
  EXPECT_EQ(opened(device, "wrong"), "device.reading");
  EXPECT_EQ(opened(device, kSecret), "");
}

TEST_P(DevicesTest, ARevokedOneIsKnownAndMayNothing) {
  Principal by = office();
  Account visitor = account("visitor", Role::visitor, "510521100231");
  BoundDevice phone = bound(link_of(by, visitor.id));
  auto revoke = [&](const Principal& who, const std::string& reason) {
    return refused([&](audit::Work& work) { revoke_device(work, who, phone.device.id, reason); });
  };
  EXPECT_EQ(revoke(by, "丢"), "device.reason");
  EXPECT_EQ(revoke(principal("other", Role::town_office, "510521101"), "手机丢失了"), "device.unknown");
  EXPECT_EQ(revoke(by, "手机丢失了"), "");
  EXPECT_EQ(revoke(by, "手机丢失了"), "");
  Device device = *known(phone.token);
  EXPECT_EQ(device.state, Device::State::revoked);
  EXPECT_TRUE(principal_of(device).permissions.none());
  EXPECT_EQ(opened(device, kSecret), "device.revoked");
  EXPECT_EQ(events_of("visitor").back(), "device_revoked");
}

TEST_P(DevicesTest, FollowTheirAccount) {
  Principal by = office();
  Account visitor = account("visitor", Role::visitor, "510521100231");
  BoundDevice phone = bound(link_of(by, visitor.id));
  write([&](audit::Work& work) { change_account(work, by, visitor.id, {.enabled = false}); });
  EXPECT_EQ(known(phone.token)->state, Device::State::revoked);
  write([&](audit::Work& work) { change_account(work, by, visitor.id, {.enabled = true}); });
  EXPECT_EQ(known(phone.token)->state, Device::State::active);
  note_use(database(), *known(phone.token), Instant{now_.milliseconds + kHour});
  EXPECT_EQ(known(phone.token)->last_used.milliseconds, now_.milliseconds + kHour);
  wait(kHour + kDeviceLife);
  EXPECT_FALSE(known(phone.token));
}

TEST_P(DevicesTest, AreListedByAreaAndSignedOff) {
  Principal by = office();
  Account visitor = account("visitor", Role::visitor, "510521100231");
  BoundDevice phone = bound(link_of(by, visitor.id));
  BoundDevice second = bound(link_of(by, account("second", Role::village_clerk, "510521100231").id));
  auto listed = [&](const Principal& who, const DeviceFilter& filter) {
    return read<std::vector<Device>>([&](db::Session& session) { return list_devices(session, who, filter); });
  };
  EXPECT_EQ(listed(by, {}).size(), 2u);
  EXPECT_EQ(listed(by, {.after = phone.device.id}).at(0).id, second.device.id);
  EXPECT_EQ(listed(by, {.account = visitor.id}).at(0).id, phone.device.id);
  Principal neighbour = principal("neighbour", Role::town_office, "510521101");
  EXPECT_TRUE(listed(neighbour, {}).empty());
  EXPECT_EQ(refusal_of([&] { listed(neighbour, {.area = "510521100"}); }), "identity.outside_area");
  write([&](audit::Work& work) { sign_device_off(work, *known(phone.token)); });
  EXPECT_FALSE(known(phone.token));
  EXPECT_EQ(listed(by, {.account = visitor.id}).at(0).state, Device::State::signed_off);
}

}  // namespace
}  // namespace tanfang::identity
