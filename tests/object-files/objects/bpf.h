// What the programs of this folder need, and no more: see samples/c/include for the headers that programs use.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long long u64;

#define SEC(name) __attribute__((section(name), used))
#define __uint(name, value) int(*name)[value]
#define __type(name, type) typeof(type)* name
#define __array(name, type) typeof(type)* name[]
#define __noinline __attribute__((noinline))

enum { HASH = 1, ARRAY = 2, PROG_ARRAY = 3, PERCPU_HASH = 4, HASH_OF_MAPS = 6, ARRAY_OF_MAPS = 7, RINGBUF = 13 };

static void* (*const map_lookup)(void*, const void*) = (void*)1;
static long (*const map_update)(void*, const void*, const void*, u64) = (void*)2;
static long (*const tail_call)(void*, void*, u32) = (void*)5;

struct context { u8* data; u8* data_end; u32 port; };
