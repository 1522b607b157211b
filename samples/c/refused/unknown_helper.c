// There is no helper 999.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

BPF_HELPER(int, unknown_helper, 999, (void));

SEC("xdp")
xdp_action_t calls_unknown_helper(xdp_md_t *context)
{
    return unknown_helper() == 0 ? XDP_PASS : XDP_DROP;
}
