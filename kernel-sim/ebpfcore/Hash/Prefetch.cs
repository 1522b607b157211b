using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Asks for a cache line before it is needed; does nothing where the processor has no such instruction.</summary>
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
