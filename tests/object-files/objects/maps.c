// Maps of maps, with a named and with an anonymous template; program arrays with values; sizes instead of types.
#include "bpf.h"

struct inner {
    __uint(type, HASH);
    __type(key, u32);
    __type(value, u64);
    __uint(max_entries, 8);
};

struct inner left SEC(".maps"), right SEC(".maps");

struct {
    __uint(type, ARRAY_OF_MAPS);
    __uint(key_size, 4);
    __uint(max_entries, 4);
    __array(values, struct inner);
} outer SEC(".maps") = {.values = {[1] = &left, [3] = &right}};

struct {
    __uint(type, HASH_OF_MAPS);
    __type(key, u32);
    __uint(max_entries, 2);
    __array(values, struct {
        __uint(type, ARRAY);
        __uint(key_size, 4);
        __uint(value_size, 24);
        __uint(max_entries, 3);
    });
} by_name SEC(".maps");

int target(struct context* ctx);
int other(struct context* ctx);

struct {
    __uint(type, PROG_ARRAY);
    __uint(key_size, 4);
    __uint(max_entries, 3);
    __array(values, int(struct context*));
} jumps SEC(".maps") = {.values = {[0] = &target, [2] = &other}};

struct {
    __uint(type, RINGBUF);
    __uint(max_entries, 4096);
    __uint(map_flags, 8);
} ring SEC(".maps");

SEC("bind/0") int target(struct context* ctx) { return 11; }

SEC("bind/1") int other(struct context* ctx)
{
    u32 key = 0;
    return map_lookup(&outer, &key) || map_lookup(&by_name, &key) || map_lookup(&ring, &key) || map_lookup(&left, &key);
}

SEC("bind") int jump(struct context* ctx)
{
    tail_call(ctx, &jumps, 2);
    return 0;
}
