// A function that calls itself: how deep its calls go is known only when it runs.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

static __noinline uint32_t ackermann(uint32_t m, uint32_t n)
{
    if (m == 0)
    {
        return n + 1;
    }

    return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

SEC("xdp")
xdp_action_t recursion(xdp_md_t *context)
{
    return ackermann(2, context->ingress_ifindex) == 0 ? XDP_PASS : XDP_DROP;
}
