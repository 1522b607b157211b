// A 64-bit number takes two instructions; the second is missing.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t incomplete_lddw(xdp_md_t *context)
{
    asm volatile(
        "r0 = 1\n"
        "exit\n"
        INSTRUCTION(0x18, 0, 0, 0, 1));
}
