// A helper of the socket address programs in an xdp program, whose type has no helper with that number.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

SEC("xdp")
xdp_action_t calls_helper_of_another_type(xdp_md_t *context)
{
    bpf_sock_addr_network_context_t route;
    return bpf_sock_addr_get_network_context((void *)context, &route, sizeof(route)) == 0 ? XDP_PASS : XDP_DROP;
}
