// The jump ends between the two halves of a 64-bit number.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t jump_into_lddw(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x15, 1, 0, 1, 0)
        INSTRUCTION(0x18, 0, 0, 0, 2)
        INSTRUCTION(0x00, 0, 0, 0, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
