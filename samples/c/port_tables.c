// Maps in a map: counts packets by port, in a separate table for each interface. User mode can replace a table while packets
// arrive.

#include "bpf_helpers.h"
#include "packet.h"

// A table: packets by destination port in network byte order. Interface 1 has this one from the start.
struct table
{
    __uint(type, BPF_MAP_TYPE_PERCPU_HASH);
    __type(key, uint16_t);
    __type(value, uint64_t);
    __uint(max_entries, 256);
} table SEC(".maps");

// The tables by interface. The type of the values is the template of the tables that user mode adds.
struct
{
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 16);
    __array(values, struct table);
} tables SEC(".maps") = {
    .values = {[1] = &table},
};

SEC("xdp")
xdp_action_t count_by_interface(xdp_md_t *context)
{
    uint32_t interface = context->ingress_ifindex;
    void *inner = bpf_map_lookup_elem(&tables, &interface);
    const IPV4_HEADER *ip = packet_ipv4(context);
    const packet_ports_t *ports = ip ? packet_ports(context, ip) : NULL;
    if (!inner || !ports)
    {
        return XDP_PASS;
    }

    uint16_t port = ports->destination;
    uint64_t *count = bpf_map_lookup_elem(inner, &port);
    if (!count)
    {
        // Another processor may do the same now: the second must not replace what the first has inserted.
        uint64_t zero = 0;
        bpf_map_update_elem(inner, &port, &zero, BPF_NOEXIST);
        count = bpf_map_lookup_elem(inner, &port);
    }

    if (count)
    {
        (*count)++;
    }

    return XDP_PASS;
}

char _license[] SEC("license") = "MIT";
