#include "platform/process/confine.h"

#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace tanfang::process {
namespace {

#if defined(__x86_64__)
constexpr unsigned kMachine = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned kMachine = AUDIT_ARCH_AARCH64;
#else
#error "the machine's name for the filter of system calls is not known"
#endif

constexpr unsigned kOtherTable = 0x40000000;  // the x32 calls of the same machine

constexpr int kRefusedCalls[] = {
    // other machines and processes
    SYS_socket,
    SYS_socketpair,
    SYS_connect,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_kill,
    SYS_tkill,
    SYS_pidfd_open,
    SYS_pidfd_getfd,
    SYS_pidfd_send_signal,
    SYS_setns,
    SYS_unshare,
    // files, by ways whose flags cannot be looked at
    SYS_io_uring_setup,
    SYS_openat2,
    SYS_open_by_handle_at,
    // names and sizes of files
    SYS_truncate,
    SYS_ftruncate,
    SYS_fallocate,
    SYS_unlinkat,
    SYS_renameat,
    SYS_renameat2,
    SYS_linkat,
    SYS_symlinkat,
    SYS_mkdirat,
    SYS_mknodat,
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_utimensat,
    SYS_mount,
    SYS_umount2,
#if defined(__x86_64__)
    SYS_creat,
    SYS_unlink,
    SYS_rename,
    SYS_link,
    SYS_symlink,
    SYS_mkdir,
    SYS_rmdir,
    SYS_mknod,
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
#endif
};
constexpr unsigned kWriting = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

constexpr sock_filter load(std::size_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, unsigned(offset)); }
constexpr sock_filter unless(unsigned short compare, unsigned value, unsigned char skipped) {
  return BPF_JUMP(static_cast<unsigned short>(BPF_JMP | compare | BPF_K), value, 0, skipped);
}
constexpr sock_filter refusal() { return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM); }
/// Of the machine's little end: flags stand in the lower half of an argument.
constexpr std::size_t argument(int number) { return offsetof(seccomp_data, args) + sizeof(std::uint64_t) * number; }

/// Refuses to open for writing; afterwards the number of the call is loaded again.
void refuse_writing(std::vector<sock_filter>& steps, int call, int flags) {
  steps.push_back(unless(BPF_JEQ, static_cast<unsigned>(call), 4));
  steps.push_back(load(argument(flags)));
  steps.push_back(unless(BPF_JSET, kWriting, 1));
  steps.push_back(refusal());
  steps.push_back(load(offsetof(seccomp_data, nr)));
}

/// Ways to reach or change what was not given: refused, not killed, so that a library may do without.
std::vector<sock_filter> filter() {
  std::vector<sock_filter> steps = {
      load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      load(offsetof(seccomp_data, nr)),
      unless(BPF_JGE, kOtherTable, 1),
      refusal(),
  };
  for (int call : kRefusedCalls) {
    steps.push_back(unless(BPF_JEQ, static_cast<unsigned>(call), 1));
    steps.push_back(refusal());
  }
#if defined(__x86_64__)
  refuse_writing(steps, SYS_open, 1);
#endif
  refuse_writing(steps, SYS_openat, 2);
  steps.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
  return steps;
}

bool bound(__rlimit_resource what, rlim_t most) {
  rlimit both{most, most};
  return ::setrlimit(what, &both) == 0;
}

}  // namespace

bool confine(const Confinement& confinement) {
  std::vector<sock_filter> steps = filter();  // while memory can still be had
  sock_fprog program{static_cast<unsigned short>(steps.size()), steps.data()};
  // A write beyond the limit of files answers an error instead of ending the process.
  if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) return false;
  bool bounded = bound(RLIMIT_FSIZE, 0) && bound(RLIMIT_CORE, 0) &&
                 bound(RLIMIT_CPU, static_cast<rlim_t>(confinement.processor_seconds)) &&
                 (confinement.memory == 0 || bound(RLIMIT_AS, confinement.memory));
  return bounded && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace tanfang::process
