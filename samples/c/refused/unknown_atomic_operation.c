// An atomic operation is named by the immediate; 0x77 names none.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t unknown_atomic_operation(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x7b, 10, 0, -8, 0)
        INSTRUCTION(0xdb, 10, 0, -8, 0x77)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
