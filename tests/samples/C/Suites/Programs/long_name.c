// A map whose name is longer than 63 bytes.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

struct
{
    __uint(type, BPF_MAP_TYPE_HASH);
    __type(key, uint32_t);
    __type(value, uint32_t);
    __uint(max_entries, 1);
} a_map_that_needs_sixty_four_bytes_for_its_name_which_is_one_too_m SEC(".maps");

SEC("sample_ext")
int lookup(sample_program_context_t *context)
{
    uint32_t zero = 0;
    return bpf_map_lookup_elem(&a_map_that_needs_sixty_four_bytes_for_its_name_which_is_one_too_m, &zero) == NULL;
}
