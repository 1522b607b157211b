// Connections that are open now, by remote port; their number goes up when one is established and down when it ends. Each of the
// finished ones leaves its flow's id in a queue.

#include "bpf_endian.h"
#include "bpf_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint16_t);
    __type(value, uint64_t);
    __uint(max_entries, 1024);
} open SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_QUEUE);
    __type(value, uint64_t);
    __uint(max_entries, 64);
} finished SEC(".maps");

SEC("sockops")
int count_open(bpf_sock_ops_t *context)
{
    uint16_t port = bpf_ntohs(context->remote_port);
    uint64_t *count = bpf_map_lookup_elem(&open, &port);
    if (!count)
    {
        uint64_t zero = 0;
        bpf_map_update_elem(&open, &port, &zero, BPF_NOEXIST);
        count = bpf_map_lookup_elem(&open, &port);
        if (!count)
        {
            return 0;
        }
    }

    if (context->op != BPF_SOCK_OPS_CONNECTION_DELETED_CB)
    {
        __sync_fetch_and_add(count, 1);
        return 0;
    }

    __sync_fetch_and_sub(count, 1);

    // BPF_EXIST: a full queue drops its oldest element.
    uint64_t flow = bpf_sock_ops_get_flow_id(context);
    bpf_map_push_elem(&finished, &flow, BPF_EXIST);
    return 0;
}

char _license[] SEC("license") = "MIT";
