// The second half of a 64-bit number has nothing but an immediate: its opcode must be 0.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t damaged_lddw(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0x18, 0, 0, 0, 1)
        INSTRUCTION(0xb7, 0, 0, 0, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
