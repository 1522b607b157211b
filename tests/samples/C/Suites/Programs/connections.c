// What happens to connections, as records.

#include "bpf_helpers.h"

struct happened
{
    uint64_t flow;
    uint32_t address[4];
    uint32_t port;
    uint32_t op;
    uint32_t protocol;
    uint32_t family;
};

struct
{
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 64 * 1024);
} audit SEC(".maps");

SEC("sockops")
int monitor(bpf_sock_ops_t *context)
{
    struct happened happened = {
        .flow = bpf_sock_ops_get_flow_id(context),
        .port = context->remote_port,
        .op = context->op,
        .protocol = context->protocol,
        .family = context->family,
    };
    __builtin_memcpy(happened.address, context->remote_ip6, sizeof(happened.address));
    return bpf_ringbuf_output(&audit, &happened, sizeof(happened), 0);
}
