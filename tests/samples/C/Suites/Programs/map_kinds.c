// A map of each type with elements, and what programs do with it. The result is the number of the check that failed, or 0.

#include "bpf_helpers.h"
#include "sample_ext_helpers.h"

#define MAP(TYPE, NAME)                                                                                                      \
    struct                                                                                                                   \
    {                                                                                                                        \
        __uint(type, BPF_MAP_TYPE_##TYPE);                                                                                   \
        __type(key, uint32_t);                                                                                               \
        __type(value, uint32_t);                                                                                             \
        __uint(max_entries, 10);                                                                                             \
    } NAME SEC(".maps");

#define KEYLESS_MAP(TYPE, NAME)                                                                                              \
    struct                                                                                                                   \
    {                                                                                                                        \
        __uint(type, BPF_MAP_TYPE_##TYPE);                                                                                   \
        __type(value, uint32_t);                                                                                             \
        __uint(max_entries, 10);                                                                                             \
    } NAME SEC(".maps");

MAP(HASH, hash)
MAP(PERCPU_HASH, percpu_hash)
MAP(ARRAY, array)
MAP(PERCPU_ARRAY, percpu_array)
MAP(LRU_HASH, lru_hash)
MAP(LRU_PERCPU_HASH, lru_percpu_hash)
KEYLESS_MAP(QUEUE, queue)
KEYLESS_MAP(STACK, stack)

#define CHECK(number, condition)                                                                                             \
    if (!(condition))                                                                                                        \
    {                                                                                                                        \
        return number;                                                                                                       \
    }

static __always_inline int elements(void *map, bool keeps_keys)
{
    uint32_t key = 3;
    uint32_t value = 7;
    CHECK(1, bpf_map_update_elem(map, &key, &value, BPF_ANY) == 0)
    uint32_t *found = bpf_map_lookup_elem(map, &key);
    CHECK(2, found && *found == 7)
    *found = 8;
    found = bpf_map_lookup_elem(map, &key);
    CHECK(3, found && *found == 8)
    CHECK(4, bpf_map_delete_elem(map, &key) == 0)
    found = bpf_map_lookup_elem(map, &key);
    CHECK(5, keeps_keys ? found && *found == 0 : !found)
    return 0;
}

static __always_inline int records(void *map, bool first_in_first_out)
{
    uint32_t value = 0;
    CHECK(1, bpf_map_pop_elem(map, &value) < 0)
    CHECK(2, bpf_map_peek_elem(map, &value) < 0)
    for (value = 1; value <= 10; value++)
    {
        CHECK(3, bpf_map_push_elem(map, &value, 0) == 0)
    }

    CHECK(4, bpf_map_push_elem(map, &value, 0) < 0)
    CHECK(5, bpf_map_push_elem(map, &value, BPF_EXIST) == 0)
    CHECK(6, bpf_map_peek_elem(map, &value) == 0 && value == (first_in_first_out ? 2 : 11))
    CHECK(7, bpf_map_pop_elem(map, &value) == 0 && value == (first_in_first_out ? 2 : 11))
    return 0;
}

#define TRY(number, check)                                                                                                   \
    result = check;                                                                                                          \
    if (result)                                                                                                              \
    {                                                                                                                        \
        return number * 10 + result;                                                                                         \
    }

SEC("sample_ext")
int use_each(sample_program_context_t *context)
{
    int result;
    TRY(1, elements(&hash, false))
    TRY(2, elements(&percpu_hash, false))
    TRY(3, elements(&array, true))
    TRY(4, elements(&percpu_array, true))
    TRY(5, elements(&lru_hash, false))
    TRY(6, elements(&lru_percpu_hash, false))
    TRY(7, records(&queue, true))
    TRY(8, records(&stack, false))
    return 0;
}
