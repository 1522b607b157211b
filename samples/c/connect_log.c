// A logger: writes a record about each outgoing IPv4 connection into a ring buffer, which user mode reads.

#include "bpf_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_RINGBUF);
    __uint(max_entries, 64 * 1024);
} connections SEC(".maps");

// Records that did not fit, because nobody had read the ring in time.
struct
{
    __uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
    __type(key, uint32_t);
    __type(value, uint64_t);
    __uint(max_entries, 1);
} lost SEC(".maps");

struct connection
{
    uint64_t time; // In nanoseconds since boot.
    uint64_t process;
    uint32_t address;
    uint16_t port;
    uint16_t processor;
};

SEC("cgroup/connect4")
ebpf_sock_addr_verdict_t log_connection(bpf_sock_addr_t *context)
{
    struct connection connection = {
        .time = bpf_ktime_get_boot_ns(),
        .process = bpf_get_current_pid_tgid() >> 32,
        .address = context->user_ip4,
        .port = context->user_port,
        .processor = bpf_get_smp_processor_id(),
    };
    if (bpf_ringbuf_output(&connections, &connection, sizeof(connection), 0) < 0)
    {
        uint32_t zero = 0;
        uint64_t *count = bpf_map_lookup_elem(&lost, &zero);
        if (count)
        {
            (*count)++;
        }
    }

    return BPF_SOCK_ADDR_VERDICT_PROCEED_SOFT;
}

char _license[] SEC("license") = "MIT";
