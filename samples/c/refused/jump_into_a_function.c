// The jump in the first function ends in the second: an instruction belongs to one function.

#include "bpf_helpers.h"
#include "instructions.h"
#include "xdp_hooks.h"

static __noinline ONLY_ASM int jumps(int number)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 1)
        INSTRUCTION(0x15, 1, 0, 1, 0)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}

static __noinline ONLY_ASM int is_jumped_into(int number)
{
    asm volatile(
        INSTRUCTION(0xb7, 0, 0, 0, 2)
        INSTRUCTION(0x95, 0, 0, 0, 0));
}

SEC("xdp")
xdp_action_t jump_into_a_function(xdp_md_t *context)
{
    return jumps(context->ingress_ifindex) + is_jumped_into(0) == 3 ? XDP_PASS : XDP_DROP;
}
