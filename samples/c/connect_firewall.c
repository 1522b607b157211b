// A firewall for outgoing connections: rejects those to a blocked address or port, and counts each rule's hits.
//
// Two programs share the maps: one is attached to cgroup/connect4, the other to cgroup/connect6.

#include "bpf_endian.h"
#include "bpf_helpers.h"
#include "net/ip.h"

// An address of 0 stands for any address, a port of 0 for any port. Both are in network byte order, IPv4 addresses in the first
// word.
struct rule
{
    uint32_t address[4];
    uint16_t port;
    uint16_t family;
};

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, struct rule);
    __type(value, uint64_t);
    __uint(max_entries, 256);
} blocked SEC(".maps");

// Connections by verdict.
struct
{
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 2);
} verdicts SEC(".maps");

static __always_inline bool blocks(const struct rule *rule)
{
    uint64_t *hits = bpf_map_lookup_elem(&blocked, rule);
    if (!hits)
    {
        return false;
    }

    // All processors share the value.
    __sync_fetch_and_add(hits, 1);
    return true;
}

static __always_inline ebpf_sock_addr_verdict_t decide(struct rule *connection)
{
    struct rule any_address = {.port = connection->port, .family = connection->family};
    bool reject = blocks(connection) || blocks(&any_address);
    if (!reject)
    {
        connection->port = 0;
        reject = blocks(connection);
    }

    uint32_t verdict = reject ? BPF_SOCK_ADDR_VERDICT_REJECT : BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT;
    uint64_t *count = bpf_map_lookup_elem(&verdicts, &verdict);
    if (count)
    {
        (*count)++;
    }

    return verdict;
}

SEC("cgroup/connect4")
ebpf_sock_addr_verdict_t firewall4(bpf_sock_addr_t *context)
{
    struct rule connection = {.address = {context->user_ip4}, .port = context->user_port, .family = AF_INET};
    return decide(&connection);
}

SEC("cgroup/connect6")
ebpf_sock_addr_verdict_t firewall6(bpf_sock_addr_t *context)
{
    struct rule connection = {.port = context->user_port, .family = AF_INET6};
    __builtin_memcpy(connection.address, context->user_ip6, sizeof(connection.address));
    return decide(&connection);
}

char _license[] SEC("license") = "MIT";
