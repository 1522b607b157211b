// One map, one program: the shape of most objects.
#include "bpf.h"

struct counts { u64 packets; u32 drops; };

struct {
    __uint(type, PERCPU_HASH);
    __type(key, u32);
    __type(value, struct counts);
    __uint(max_entries, 64);
    __uint(pinning, 1);
} counts SEC(".maps");

SEC("bind")
int count(struct context* ctx)
{
    u32 port = ctx->port;
    struct counts* found = map_lookup(&counts, &port);
    if (found) {
        found->packets++;
        return 0;
    }

    struct counts first = {1, 0};
    map_update(&counts, &port, &first, 0);
    return 1;
}

char LICENSE[] SEC("license") = "Dual MIT/GPL";
