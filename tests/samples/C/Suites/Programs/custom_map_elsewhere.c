// A map of an extension, used by a program of a type that the extension does not serve.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_SAMPLE_HASH_MAP);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 8);
} objects SEC(".maps");

SEC("cgroup/connect4")
int find(bpf_sock_addr_t *context)
{
    uint32_t zero = 0;
    return bpf_map_lookup_elem(&objects, &zero) ? 1 : 0;
}
