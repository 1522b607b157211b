// Nothing leads to the instructions behind the first exit.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t unreachable_code(xdp_md_t *context)
{
    asm volatile(
        "r0 = 1\n"
        "exit\n"
        "r0 = 2\n"
        "exit\n");
}
