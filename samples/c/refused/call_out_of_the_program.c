// A call of a function that does not exist: it would be behind the last instruction.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t call_out_of_the_program(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0x85, 0, 1, 0, 9)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
