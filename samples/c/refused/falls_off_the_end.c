// The program has no exit: it runs into whatever follows it.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t falls_off_the_end(xdp_md_t *context)
{
    asm volatile(
        "r0 = 1\n");
}
