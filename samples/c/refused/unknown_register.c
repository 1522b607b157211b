// Registers end at r10: this writes r11.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t unknown_register(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 11, 0, 0, 1)
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
