// Source 1 makes a 64-bit number a map. Without a relocation that names a map, no map can be put there.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t reference_to_nothing(xdp_md_t *context)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x18, 1, 1, 0, 0)
        INSTRUCTION(0x00, 0, 0, 0, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}
