// The programs of the benchmarks of bytecode, as BenchProgram.cs has their bytes:
//   clang-19 -target bpf -O2 -mcpu=v3 -ffreestanding -c programs.c && llvm-objcopy -O binary --only-section=p_NAME programs.o NAME.bin
typedef unsigned long long u64;
typedef unsigned int u32;
typedef unsigned short u16;
typedef unsigned char u8;

#define PROGRAM(name) __attribute__((section("p_" #name), used)) u64 name
#define PLAIN_LOOP _Pragma("clang loop unroll(disable) vectorize(disable)")

PROGRAM(xorshift)(void *memory, u64 length)
{
    u64 x = 88172645463325252ULL;
    PLAIN_LOOP for (u64 i = 0; i < 10000; i++)
    {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    return x;
}

PROGRAM(primes)(void *memory, u64 length)
{
    u64 count = 0;
    for (u32 i = 2; i < 2000; i++)
    {
        int prime = 1;
        for (u32 j = 2; j * j <= i; j++)
        {
            if (i % j == 0)
            {
                prime = 0;
                break;
            }
        }
        count += prime;
    }
    return count;
}

PROGRAM(checksum)(u16 *memory, u64 length)
{
    u64 sum = 0;
    PLAIN_LOOP for (int i = 0; i < 128; i++) sum += memory[i];
    sum = (sum & 0xffff) + (sum >> 16);
    sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

PROGRAM(sort)(void *memory, u64 length)
{
    u32 a[64];
    u32 x = 12345;
    PLAIN_LOOP for (int i = 0; i < 64; i++)
    {
        x = x * 1103515245 + 12345;
        ((volatile u32 *)a)[i] = x >> 8;
    }
    PLAIN_LOOP for (int i = 0; i < 63; i++)
    {
        PLAIN_LOOP for (int j = 0; j < 63 - i; j++)
        {
            if (a[j] > a[j + 1])
            {
                u32 t = a[j];
                a[j] = a[j + 1];
                a[j + 1] = t;
            }
        }
    }
    return ((u64)a[0] << 32) | a[63];
}

static inline u64 parse(u8 *p, u8 *end)
{
    if (p + 14 > end) return 1;
    if (*(u16 *)(p + 12) != 0x0008) return 2;
    u8 *ip = p + 14;
    if (ip + 20 > end) return 3;
    u32 ihl = (ip[0] & 15) * 4;
    if (ihl < 20) return 4;
    if (ip[9] != 17) return 5;
    u32 src = *(u32 *)(ip + 12), dst = *(u32 *)(ip + 16);
    u8 *udp = ip + ihl;
    if (udp + 8 > end) return 6;
    u16 sp = *(u16 *)udp, dp = *(u16 *)(udp + 2), len = *(u16 *)(udp + 4);
    return ((u64)(src ^ dst) << 32) | ((u32)sp << 16) | (u16)(dp + len);
}

PROGRAM(packets)(u8 *memory, u64 length)
{
    u8 *end = memory + length;
    u64 sum = 0;
    PLAIN_LOOP for (u8 *p = memory; p < end; p += 64) sum += parse(p, end);
    return sum;
}
