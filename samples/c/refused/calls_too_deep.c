// Eight frames are allowed, the program's own included; the innermost of these functions would be the ninth.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

#define CALLS(name, callee)                    \
    static __noinline int name(int number)     \
    {                                          \
        return callee(number + 1) ^ number;    \
    }

static __noinline int ninth(int number)
{
    return number * 3;
}

CALLS(eighth, ninth)
CALLS(seventh, eighth)
CALLS(sixth, seventh)
CALLS(fifth, sixth)
CALLS(fourth, fifth)
CALLS(third, fourth)
CALLS(second, third)

SEC("xdp")
xdp_action_t calls_too_deep(xdp_md_t *context)
{
    return second(context->ingress_ifindex) == 0 ? XDP_PASS : XDP_DROP;
}
