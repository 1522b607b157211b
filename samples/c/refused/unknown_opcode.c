// No instruction has opcode 0x8f, a negation whose operand is a register.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t unknown_opcode(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x8f, 0, 1, 0, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
