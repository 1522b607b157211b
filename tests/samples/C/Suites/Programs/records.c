// A record of each application that binds, in a ring buffer and in a perf event array.

#include "bpf_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 64 * 1024);
} ring SEC(".maps");

struct
{
    __uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
    __uint(max_entries, 64 * 1024);
} perf SEC(".maps");

SEC("bind/ring")
bind_action_t to_ring(bind_md_t *context)
{
    if (context->operation == BIND_OPERATION_BIND && context->app_id_end > context->app_id_start &&
        bpf_ringbuf_output(&ring, context->app_id_start, context->app_id_end - context->app_id_start, 0) != 0)
    {
        return BIND_DENY;
    }

    return BIND_PERMIT_SOFT;
}

SEC("bind/perf")
bind_action_t to_perf(bind_md_t *context)
{
    uint64_t size = context->app_id_end - context->app_id_start;
    uint64_t flags = EBPF_MAP_FLAG_CURRENT_CPU | (size << EBPF_MAP_FLAG_CTX_LENGTH_SHIFT);
    uint64_t process = context->process_id;
    return bpf_perf_event_output(context, &perf, flags, &process, sizeof(process)) == 0 ? BIND_PERMIT_SOFT : BIND_DENY;
}
