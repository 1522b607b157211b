// A jump without a condition compares nothing: it has no destination register.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t reserved_destination(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x05, 3, 0, 0, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
