#include "platform/process/confine.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <cerrno>
#include <csignal>
#include <cstddef>

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

constexpr sock_filter load(std::size_t offset) { return BPF_STMT(BPF_LD | BPF_W | BPF_ABS, unsigned(offset)); }
constexpr sock_filter refuse_where(unsigned short compare, unsigned value) {
  // Two statements on stands the refusal; each use puts it there itself.
  return BPF_JUMP(static_cast<unsigned short>(BPF_JMP | compare | BPF_K), value, 0, 1);
}
constexpr sock_filter refusal() { return BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM); }

/// New sockets, and other ways to reach what was not given: refused, not killed, so that a library may do without.
bool filter_calls() {
  sock_filter steps[] = {
      load(offsetof(seccomp_data, arch)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kMachine, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
      load(offsetof(seccomp_data, nr)),
      refuse_where(BPF_JGE, kOtherTable),
      refusal(),
      refuse_where(BPF_JEQ, SYS_socket),
      refusal(),
      refuse_where(BPF_JEQ, SYS_socketpair),
      refusal(),
      refuse_where(BPF_JEQ, SYS_connect),
      refusal(),
      refuse_where(BPF_JEQ, SYS_io_uring_setup),
      refusal(),
      refuse_where(BPF_JEQ, SYS_ptrace),
      refusal(),
      refuse_where(BPF_JEQ, SYS_process_vm_readv),
      refusal(),
      refuse_where(BPF_JEQ, SYS_process_vm_writev),
      refusal(),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog program{static_cast<unsigned short>(sizeof steps / sizeof *steps), steps};
  return ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

bool bound(__rlimit_resource what, rlim_t most) {
  rlimit both{most, most};
  return ::setrlimit(what, &both) == 0;
}

}  // namespace

bool confine(const Confinement& confinement) {
  // A write beyond the limit of files answers an error instead of ending the process.
  if (std::signal(SIGXFSZ, SIG_IGN) == SIG_ERR) return false;
  bool bounded = bound(RLIMIT_FSIZE, 0) && bound(RLIMIT_CORE, 0) &&
                 bound(RLIMIT_CPU, static_cast<rlim_t>(confinement.processor_seconds)) &&
                 (confinement.memory == 0 || bound(RLIMIT_AS, confinement.memory));
  return bounded && ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && filter_calls();
}

}  // namespace tanfang::process
