// Drops empty UDP packets on the interface that the map names, and counts them.

#include "bpf_helpers.h"
#include "packet.h"

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} interfaces SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 1);
} dropped SEC(".maps");

SEC("xdp")
xdp_action_t drop_empty(xdp_md_t *context)
{
    uint32_t zero = 0;
    uint32_t *interface = bpf_map_lookup_elem(&interfaces, &zero);
    const IPV4_HEADER *ip = packet_ipv4(context);
    if (!interface || *interface != context->ingress_ifindex || !ip || ip->Protocol != 17)
    {
        return XDP_PASS;
    }

    if ((uint8_t *)context->data_end - (uint8_t *)context->data > 42)
    {
        return XDP_PASS;
    }

    uint64_t *count = bpf_map_lookup_elem(&dropped, &zero);
    if (count)
    {
        (*count)++;
    }

    return XDP_DROP;
}
