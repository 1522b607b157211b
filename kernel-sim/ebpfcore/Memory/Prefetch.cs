using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KernelSim.EbpfCore.Memory;

/// <summary>Prefetches a cache line; does nothing if the processor has no such instruction.</summary>
internal static unsafe class Prefetch
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line(void* address)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(address);
        }
    }
}
