// The counter of the tour: packets, bytes and drops by destination port, on each processor.
//
// A value of the map has 12 bytes. User mode sees it once for each processor, padded to 16: whoever forgets one or the other gets
// the bug that the tour replays.

#include "bpf_helpers.h"
#include "packet.h"

struct counters
{
    uint32_t packets;
    uint32_t bytes;
    uint32_t drops;
};

struct
{
    __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
    __type(key, uint32_t);
    __type(value, struct counters);
    __uint(max_entries, 64);
} stats SEC(".maps");

SEC("xdp")
xdp_action_t count_packets(xdp_md_t *context)
{
    const IPV4_HEADER *ip = packet_ipv4(context);
    const packet_ports_t *ports = ip ? packet_ports(context, ip) : NULL;
    if (!ports)
    {
        return XDP_PASS;
    }

    // A packet on its last hop goes no further.
    uint32_t drop = ip->TimeToLive <= 1;
    uint32_t bytes = context->data_end - context->data;
    uint32_t port = bpf_ntohs(ports->destination);

    // This processor's counters: no other processor writes them, so that plain additions will do.
    struct counters *counters = bpf_map_lookup_elem(&stats, &port);
    if (counters)
    {
        counters->packets++;
        counters->bytes += bytes;
        counters->drops += drop;
    }
    else
    {
        struct counters first = {.packets = 1, .bytes = bytes, .drops = drop};
        bpf_map_update_elem(&stats, &port, &first, BPF_ANY);
    }

    return drop ? XDP_DROP : XDP_PASS;
}

char _license[] SEC("license") = "MIT";
