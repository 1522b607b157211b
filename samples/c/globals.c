// Global variables. Each of their sections becomes an array map with one value: constants in .rodata, which the program can only
// read; initialised ones in .data; the others in .bss, which starts as zeros.

#include "bpf_helpers.h"

// Settings, for user mode to change. The program reads them each time, since they are volatile.
const volatile uint32_t ports_per_process = 8;
const volatile uint64_t exempt_process = 0;

// State.
uint64_t fewest_held = UINT64_MAX;
uint64_t binds;
uint64_t denied;

struct
{
    __uint(type, BPF_MAP_TYPE_LRU_HASH);
    __type(key, uint64_t);
    __type(value, uint32_t);
    __uint(max_entries, 1024);
} held SEC(".maps");

SEC("bind")
bind_action_t limit_ports(bind_md_t *context)
{
    uint64_t process = context->process_id;
    uint32_t *found = bpf_map_lookup_elem(&held, &process);
    uint32_t now = found ? *found : 0;
    if (context->operation == BIND_OPERATION_UNBIND)
    {
        now -= now > 0;
    }
    else
    {
        // All processors share the variables: additions to them must be atomic.
        __sync_fetch_and_add(&binds, 1);
        if (now >= ports_per_process && process != exempt_process)
        {
            __sync_fetch_and_add(&denied, 1);
            return BIND_DENY;
        }

        now++;
    }

    if (now < fewest_held)
    {
        fewest_held = now;
    }

    bpf_map_update_elem(&held, &process, &now, BPF_ANY);
    return BIND_PERMIT_SOFT;
}

char _license[] SEC("license") = "MIT";
