// A counter that all processors share.

typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __uint(name, number) int(*name)[number]
#define __type(name, of) typeof(of) *name

static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;

struct xdp_context
{
    unsigned char *data;
    unsigned char *data_end;
    u64 data_meta;
    u32 ingress_ifindex;
};

struct counted
{
    u32 packets;
    u32 bytes;
    u32 runts; // Shorter than a frame of Ethernet may be.
};

struct
{
    __uint(type, 2); // BPF_MAP_TYPE_ARRAY
    __type(key, u32);
    __type(value, struct counted);
    __uint(max_entries, 1);
} stats SEC(".maps");

SEC("xdp")
int count_shared(struct xdp_context *context)
{
    u32 key = 0;
    u32 length = context->data_end - context->data;
    struct counted *counted = bpf_map_lookup_elem(&stats, &key);
    if (counted)
    {
        __sync_fetch_and_add(&counted->packets, 1);
        __sync_fetch_and_add(&counted->bytes, length);
        if (length < 64)
        {
            __sync_fetch_and_add(&counted->runts, 1);
        }
    }

    return 1; // XDP_PASS
}

char _license[] SEC("license") = "MIT";
