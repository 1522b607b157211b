// The jump ends behind the last instruction.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t jump_out_of_the_program(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x15, 1, 0, 9, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
