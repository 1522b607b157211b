// Functions: two programs in sections of their own call functions in .text, which call others. Each call has a stack frame of 512
// bytes; at most eight frames exist at a time.

#include "bpf_helpers.h"
#include "packet.h"

struct
{
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 4096);
} seen SEC(".maps");

// Jenkins' one-at-a-time hash of an address.
static __noinline uint32_t hash_of(const uint8_t *bytes, uint32_t length)
{
    uint32_t hash = 0;
    for (uint32_t i = 0; i < length; i++)
    {
        hash += bytes[i];
        hash += hash << 10;
        hash ^= hash >> 6;
    }

    hash += hash << 3;
    hash ^= hash >> 11;
    return hash + (hash << 15);
}

// How often an address has been seen, this time included. A global function: user mode sees its name.
__noinline uint64_t remember(uint32_t address)
{
    uint32_t key = hash_of((const uint8_t *)&address, sizeof(address));
    uint64_t *count = bpf_map_lookup_elem(&seen, &key);
    if (count)
    {
        return __sync_fetch_and_add(count, 1) + 1;
    }

    uint64_t first = 1;
    bpf_map_update_elem(&seen, &key, &first, BPF_NOEXIST);
    return first;
}

SEC("xdp")
xdp_action_t remember_sender(xdp_md_t *context)
{
    const IPV4_HEADER *ip = packet_ipv4(context);
    if (ip)
    {
        remember(ip->SourceAddress);
    }

    return XDP_PASS;
}

SEC("cgroup/connect4")
ebpf_sock_addr_verdict_t only_known_hosts(bpf_sock_addr_t *context)
{
    // To hosts that have sent something before, or are asked a second time.
    return remember(context->user_ip4) > 1 ? BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT : BPF_SOCK_ADDR_VERDICT_REJECT;
}

char _license[] SEC("license") = "MIT";
