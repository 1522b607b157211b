// An allow-list for incoming connections: the longest prefix that contains the remote address decides. Without one, the connection
// is rejected.

#include "bpf_helpers.h"

// A prefix: its length in bits, then the address in network byte order.
struct prefix
{
    uint32_t bits;
    uint32_t address;
};

struct
{
    __uint(type, BPF_MAP_TYPE_LPM_TRIE);
    __type(key, struct prefix);
    __type(value, uint32_t); // A verdict, so that a part of an allowed network can be excluded.
    __uint(max_entries, 1024);
} networks SEC(".maps");

SEC("cgroup/recv_accept4")
ebpf_sock_addr_verdict_t allow_listed(bpf_sock_addr_t *context)
{
    struct prefix host = {.bits = 32, .address = context->msg_src_ip4};
    uint32_t *verdict = bpf_map_lookup_elem(&networks, &host);
    return verdict ? *verdict : BPF_SOCK_ADDR_VERDICT_REJECT;
}

char _license[] SEC("license") = "MIT";
