// An addition of a constant has no source register.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t reserved_source(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x07, 0, 2, 0, 1)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
