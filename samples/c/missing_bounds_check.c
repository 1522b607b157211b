// What the structural check does not see: this program reads a packet without a look at where it ends. A short packet stops the machine.

#include "bpf_helpers.h"
#include "xdp_hooks.h"

SEC("xdp")
xdp_action_t drop_by_marker(xdp_md_t *context)
{
    const uint8_t *packet = context->data;
    return packet[200] == 0xff ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "MIT";
