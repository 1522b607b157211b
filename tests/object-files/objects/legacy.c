// Definitions as eBPF for Windows had them before BTF: inner maps by index and by id.
#include "bpf.h"

struct bpf_map_def { u32 type, key_size, value_size, max_entries, inner_map_idx, pinning, id, inner_id; };

SEC("maps") struct bpf_map_def plain = {HASH, 4, 8, 16};
SEC("maps") struct bpf_map_def by_index = {ARRAY_OF_MAPS, 4, 4, 2, 3};
SEC("maps") struct bpf_map_def by_id = {HASH_OF_MAPS, 4, 4, 2, 0, 1, 0, 7};
SEC("maps/inner") struct bpf_map_def template_of_index = {ARRAY, 4, 4, 1};
SEC("maps/inner") struct bpf_map_def template_of_id = {ARRAY, 4, 16, 1, 0, 0, 7, 0};

SEC("bind") int look(struct context* ctx)
{
    u32 key = 1;
    return map_lookup(&plain, &key) || map_lookup(&by_index, &key) || map_lookup(&by_id, &key);
}
