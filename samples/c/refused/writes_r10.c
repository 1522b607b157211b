// r10 is the address of the stack frame; a program may only read it.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

SEC("xdp")
ONLY_ASM xdp_action_t writes_r10(xdp_md_t *context)
{
    asm volatile(
        "r10 = 0\n"
        "r0 = 1\n"
        "exit\n");
}
